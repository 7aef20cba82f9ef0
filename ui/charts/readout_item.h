#pragma once

#include "ui/charts/chart_model.h"
#include "ui/charts/plot_items.h"

#include <optional>

namespace initlens::ui {

/// A row of the box: the run it is about, null in the header, and its texts.
struct ReadoutRow {
    const Series* series = nullptr;
    QStringList cells;
};

/// What moves with the mouse: the selected layer's mark, the crosshair and the box beside it with
/// the values of every run. Lives on a layer of its own, so that moving it redraws nothing else.
class ReadoutItem : public PlotItem {
public:
    using PlotItem::PlotItem;

    void setTheme(const ChartTheme& theme) { m_theme = theme; }
    void setModel(const ChartModel* model) { m_model = model; }
    void setSelectedLayer(int layer) { m_selected = layer; }
    void setCrosshair(std::optional<int> layer) { m_crosshair = layer; }
    /// The same along the positions of a curve of the whole network.
    void setPosition(std::optional<double> position) { m_position = position; }

    /// The rows of the box, first the header; empty without a crosshair.
    [[nodiscard]] std::vector<ReadoutRow> rows() const;
    [[nodiscard]] std::optional<int> shownLayer() const;
    /// The position of the leading curve that is nearest.
    [[nodiscard]] std::optional<double> shownPosition() const;

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawSelection(QCPPainter& painter) const;
    struct Box {
        std::vector<ReadoutRow> rows;
        std::vector<double> widths; ///< of the columns
        double rowHeight = 0;
        QRectF area;
    };
    [[nodiscard]] std::vector<ReadoutRow> rowsAlong(double position) const;
    [[nodiscard]] std::optional<Box> boxOf(double place) const;
    [[nodiscard]] std::optional<Box> boxOf(double place, std::vector<ReadoutRow> rows) const;
    void drawBox(QCPPainter& painter, const Box& box) const;
    void drawRow(QCPPainter& painter, const Box& box, std::size_t row) const;
    [[nodiscard]] QPointF corner(const QSizeF& size, double crosshairX) const;
    [[nodiscard]] int pointsInside(const QRectF& box) const;

    ChartTheme m_theme;
    const ChartModel* m_model = nullptr;
    int m_selected = 0;
    std::optional<int> m_crosshair;
    std::optional<double> m_position;
};

} // namespace initlens::ui
