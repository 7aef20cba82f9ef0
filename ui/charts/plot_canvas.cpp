#include "ui/charts/plot_canvas.h"

#include "ui/charts/plot_items.h"

#include <QApplication>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

/// A rectangle flatter than this zooms one axis only.
constexpr double flat = 12;
constexpr double factorOfStep = 0.85;
constexpr double wheelStep = 120;

} // namespace

/// The rectangle under the mouse while it is drawn.
class PlotCanvas::BandItem : public PlotItem {
public:
    explicit BandItem(PlotCanvas& canvas) : PlotItem(&canvas), m_canvas(canvas) {}

protected:
    void draw(QCPPainter* painter) override
    {
        const auto band = m_canvas.band();
        if (!band) {
            return;
        }
        QColor fill = m_canvas.m_theme.accent;
        fill.setAlphaF(0.1F);
        painter->setAntialiasing(false);
        painter->setPen(QPen(m_canvas.m_theme.accent, 1));
        painter->setBrush(fill);
        painter->drawRect(*band);
    }

private:
    PlotCanvas& m_canvas;
};

PlotCanvas::PlotCanvas(QWidget* parent) : QCustomPlot(parent), m_theme(lightChartTheme())
{
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    setInteractions(QCP::iNone);
    setMinimumSize(60, 40);
    addLayer(QStringLiteral("moving"));
    m_movingLayer = layer(QStringLiteral("moving"));
    m_movingLayer->setMode(QCPLayer::lmBuffered);
    auto* band = new BandItem(*this);
    band->setLayer(m_movingLayer);
}

void PlotCanvas::cancelDrag()
{
    m_pressed.reset();
    m_dragged.reset();
    m_movingLayer->replot();
}

void PlotCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && axisRect()->rect().contains(event->pos())) {
        m_pressed = event->position();
    }
    event->accept();
}

void PlotCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (m_pressed) {
        const bool far = (at - *m_pressed).manhattanLength() >= QApplication::startDragDistance();
        if (far || isDragging()) {
            m_dragged = at;
            m_movingLayer->replot();
        }
    }
    const bool inside = axisRect()->rect().contains(event->pos());
    const bool points = inside && !isDragging();
    setCursor(inside ? Qt::CrossCursor : Qt::ArrowCursor);
    Q_EMIT pointed(points ? std::optional<QPointF>(coordinates(at)) : std::nullopt);
    event->accept();
}

void PlotCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_pressed) {
        event->accept();
        return;
    }
    const QPointF pressed = *m_pressed;
    const bool dragged = isDragging();
    const std::optional<QRectF> chosen = band();
    cancelDrag();
    if (!dragged) {
        Q_EMIT clicked(coordinates(pressed));
    } else if (chosen) {
        Q_EMIT rectangleDrawn(rangesOf(*chosen));
    }
    event->accept();
}

void PlotCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        Q_EMIT doubleClicked();
    }
    event->accept();
}

void PlotCanvas::wheelEvent(QWheelEvent* event)
{
    const QPointF at = event->position();
    const QRectF frame = axisRect()->rect();
    Qt::Orientations axes = Qt::Horizontal | Qt::Vertical;
    if (at.x() < frame.left()) {
        axes = Qt::Vertical;
    } else if (at.y() > frame.bottom()) {
        axes = Qt::Horizontal;
    }
    if (event->angleDelta().y() != 0) {
        const double steps = event->angleDelta().y() / wheelStep;
        Q_EMIT wheelTurned(coordinates(at), std::pow(factorOfStep, steps), axes);
    }
    event->accept();
}

void PlotCanvas::leaveEvent(QEvent* event)
{
    Q_EMIT pointed(std::nullopt);
    QCustomPlot::leaveEvent(event);
}

void PlotCanvas::resizeEvent(QResizeEvent* event)
{
    QCustomPlot::resizeEvent(event);
    Q_EMIT resized();
}

QPointF PlotCanvas::coordinates(const QPointF& pixel) const
{
    return {xAxis->pixelToCoord(pixel.x()), yAxis->pixelToCoord(pixel.y())};
}

std::optional<QRectF> PlotCanvas::band() const
{
    if (!m_pressed || !m_dragged) {
        return std::nullopt;
    }
    QRectF frame = axisRect()->rect();
    const QRectF drawn = QRectF(*m_pressed, *m_dragged).normalized();
    const bool narrow = drawn.width() < flat;
    const bool low = drawn.height() < flat;
    if (narrow && low) {
        return std::nullopt;
    }
    if (!narrow) {
        frame.setLeft(std::max(frame.left(), drawn.left()));
        frame.setRight(std::min(frame.right(), drawn.right()));
    }
    if (!low) {
        frame.setTop(std::max(frame.top(), drawn.top()));
        frame.setBottom(std::min(frame.bottom(), drawn.bottom()));
    }
    return frame;
}

PlotRanges PlotCanvas::rangesOf(const QRectF& band) const
{
    const QPointF lower = coordinates(band.bottomLeft());
    const QPointF upper = coordinates(band.topRight());
    return {{lower.x(), upper.x()}, {lower.y(), upper.y()}};
}

} // namespace initlens::ui
