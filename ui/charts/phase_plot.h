#pragma once

#include "core/experiment/phase_map.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/phase_colours.h"

#include <qcustomplot.h>

#include <optional>

namespace initlens::ui {

class CriticalLinesItem;
class DivergenceItem;
class PhaseHandleItem;
class PhaseLegendItem;

/// A phase diagram: sigma_w across, sigma_b up, a colour for every cell, the line chi_1 = 1, and a
/// handle for the current network that mouse and arrow keys move. Points are (sigma_w, sigma_b).
class PhasePlot : public QCustomPlot {
    Q_OBJECT

public:
    explicit PhasePlot(QWidget* parent);
    ~PhasePlot() override;

    void setTheme(const ChartTheme& theme);
    void setMap(const experiment::PhaseMapPointer& map);
    void setColouring(PhaseColouring colouring);
    /// Nothing: the network has no point. Ignored while the handle is dragged: the hand is ahead.
    void setHandle(const std::optional<QPointF>& place);

    [[nodiscard]] const experiment::PhaseMapPointer& map() const { return m_map; }
    [[nodiscard]] std::optional<QPointF> handle() const { return m_handle; }
    [[nodiscard]] PhaseColouring colouring() const { return m_colouring; }
    /// Where a point is drawn, in pixels of this widget.
    [[nodiscard]] QPointF pixelOf(const QPointF& point) const;

Q_SIGNALS:
    /// The handle has been moved by hand.
    void handleMoved(const QPointF& to);
    void copyRequested();
    void exportRequested();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void addParts();
    void fillMap();
    void updateScale();
    [[nodiscard]] bool isOverHandle(const QPointF& pixel) const;
    [[nodiscard]] QPointF pointAt(const QPointF& pixel) const;
    void move(const QPointF& point);
    void moveTo(const QPointF& pixel);
    void updateHandle();
    void setHovered(bool hovered);

    ChartTheme m_theme;
    experiment::PhaseMapPointer m_map;
    PhaseColouring m_colouring = PhaseColouring::Slope;
    std::optional<QPointF> m_handle;
    std::optional<QPointF> m_grip; ///< from the pixel under the mouse to the handle, while dragged
    bool m_hovered = false;
    QCPColorMap* m_cells = nullptr;
    QCPColorScale* m_scale = nullptr;
    DivergenceItem* m_divergence = nullptr;
    CriticalLinesItem* m_lines = nullptr;
    PhaseLegendItem* m_legend = nullptr;
    PhaseHandleItem* m_handleItem = nullptr;
    QCPLayer* m_movingLayer = nullptr;
};

} // namespace initlens::ui
