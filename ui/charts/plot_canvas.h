#pragma once

#include "ui/charts/chart_theme.h"
#include "ui/charts/chart_zoom.h"

#include <qcustomplot.h>

#include <optional>

namespace initlens::ui {

/// A plot that turns what the mouse does into what it means, in the coordinates of the axes.
class PlotCanvas : public QCustomPlot {
    Q_OBJECT

public:
    explicit PlotCanvas(QWidget* parent);

    /// The layer of what moves with the mouse; replotting it redraws nothing else.
    [[nodiscard]] QCPLayer* movingLayer() const { return m_movingLayer; }
    void setTheme(const ChartTheme& theme) { m_theme = theme; }
    [[nodiscard]] bool isDragging() const { return m_dragged.has_value(); }
    void cancelDrag();

Q_SIGNALS:
    void resized();
    void pointed(std::optional<QPointF> at);
    void clicked(const QPointF& at);
    void doubleClicked();
    void rectangleDrawn(const initlens::ui::PlotRanges& ranges);
    void wheelTurned(const QPointF& at, double factor, Qt::Orientations axes);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class BandItem;

    [[nodiscard]] QPointF coordinates(const QPointF& pixel) const;
    /// The rectangle that is being drawn, over the whole of an axis along which it is flat.
    [[nodiscard]] std::optional<QRectF> band() const;
    [[nodiscard]] PlotRanges rangesOf(const QRectF& band) const;

    QCPLayer* m_movingLayer = nullptr;
    ChartTheme m_theme;
    std::optional<QPointF> m_pressed;
    std::optional<QPointF> m_dragged;
};

} // namespace initlens::ui
