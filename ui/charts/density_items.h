#pragma once

#include "ui/charts/depth_shapes.h"
#include "ui/charts/plot_items.h"

namespace initlens::ui {

/// A density over depth as shades of one colour. It is a picture in every file, also in one of
/// vectors.
class DensityMapItem : public PlotItem {
public:
    /// `bands` are those that the map belongs to; they must outlive the item. `pixelRatio` is how
    /// many dots are drawn to a pixel.
    DensityMapItem(QCustomPlot* plot, const DepthBands& bands, const QColor& colour,
                   double pixelRatio, const ChartTheme& theme);

protected:
    void draw(QCPPainter* painter) override;

private:
    /// Which column, or row, lies at each dot; -1 for none.
    [[nodiscard]] std::vector<int> columnsAcross(const QRectF& area, int dots) const;
    [[nodiscard]] std::vector<int> rowsDown(const QRectF& area, int dots) const;
    [[nodiscard]] std::vector<QRgb> shades() const;

    const DepthBands& m_bands;
    QColor m_colour;
    double m_pixelRatio;
    ChartTheme m_theme;
};

/// The share of exact zeros of one layer, as a column of its own left of the axis of values.
class ZeroColumnItem : public PlotItem {
public:
    ZeroColumnItem(QCustomPlot* plot, double share, const ChartTheme& theme);

protected:
    void draw(QCPPainter* painter) override;

private:
    double m_share;
    ChartTheme m_theme;
};

} // namespace initlens::ui
