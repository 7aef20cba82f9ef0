#include "ui/charts/chart_layers.h"
#include "ui/charts/chart_widget_state.h"

#include <QContextMenuEvent>
#include <QKeyEvent>

namespace initlens::ui {

namespace {

constexpr double keyZoom = 0.7;
constexpr int farStep = 10;

} // namespace

void ChartWidget::connectMouse()
{
    const PlotCanvas* canvas = m_state->canvas;
    connect(canvas, &PlotCanvas::resized, this, [this] { schedule(Stale::Picture); });
    connect(canvas, &PlotCanvas::pointed, this, [this](std::optional<QPointF> at) {
        moveCrosshair(at && m_state->overDepth() ? nearestLayer(m_state->model, at->x())
                                                 : std::nullopt);
        movePosition(at ? std::optional<double>(at->x()) : std::nullopt);
    });
    connect(canvas, &PlotCanvas::clicked, this, [this](const QPointF& at) {
        select(m_state->overDepth() ? nearestLayer(m_state->model, at.x()) : std::nullopt);
    });
    connect(canvas, &PlotCanvas::doubleClicked, this, &ChartWidget::resetZoom);
    connect(canvas, &PlotCanvas::rectangleDrawn, this, &ChartWidget::zoom);
    connect(canvas, &PlotCanvas::wheelTurned, this,
            [this](const QPointF& at, double factor, Qt::Orientations axes) {
                zoom(zoomedAround(m_state->ranges.shown(), at, factor, axes));
            });
}

void ChartWidget::moveCrosshair(std::optional<int> layer)
{
    if (layer != m_state->crosshair) {
        setCrosshairLayer(layer);
        Q_EMIT crosshairMoved(layer);
    }
}

void ChartWidget::movePosition(std::optional<double> position)
{
    if (m_state->model.leading<diagnostics::Curve>() != nullptr || !position) {
        m_state->position = position;
        m_state->readout->setPosition(position);
        schedule(Stale::Readout);
    }
}

void ChartWidget::stepLayer(int steps)
{
    State& state = *m_state;
    if (const auto* curve = state.model.leading<diagnostics::Curve>()) {
        // The first step shows where one is.
        movePosition(state.position
                         ? nearestPosition(*curve, *state.position, steps)
                         : nearestPosition(*curve, state.ranges.shown().horizontal.lower));
        return;
    }
    if (!state.overDepth() && !isAtLayer(state.chart.view)) {
        return;
    }
    if (!state.overDepth()) {
        const int chosen = state.selectedLayer > 0 ? state.selectedLayer : state.model.lastLayer;
        select(steppedLayer(state.model, chosen, steps));
        return;
    }
    const auto selected =
        state.selectedLayer > 0 ? std::optional<int>(state.selectedLayer) : std::nullopt;
    moveCrosshair(state.crosshair || !selected ? steppedLayer(state.model, state.crosshair, steps)
                                               : nearestLayer(state.model, *selected));
}

void ChartWidget::select(std::optional<int> layer)
{
    if (layer && *layer != m_state->selectedLayer) {
        Q_EMIT layerSelected(*layer);
    }
}

void ChartWidget::zoom(const PlotRanges& wish)
{
    m_state->ranges.zoom(wish);
    schedule(Stale::Picture);
}

void ChartWidget::zoomByKey(double factor)
{
    const PlotRanges shown = m_state->ranges.shown();
    const double middle = (shown.horizontal.lower + shown.horizontal.upper) / 2;
    const QPointF anchor(m_state->overDepth() ? m_state->crosshair.value_or(middle) : middle,
                         (shown.vertical.lower + shown.vertical.upper) / 2);
    zoom(zoomedAround(shown, anchor, factor, Qt::Horizontal | Qt::Vertical));
}

bool ChartWidget::leave()
{
    if (m_state->canvas->isDragging()) {
        m_state->canvas->cancelDrag();
        return true;
    }
    if (m_state->crosshair || m_state->position) {
        moveCrosshair(std::nullopt);
        movePosition(std::nullopt);
        return true;
    }
    return false;
}

bool ChartWidget::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        // Esc stops a run, wherever the pointer is; only a rectangle that is being drawn comes
        // first.
        const bool leaves = key->key() == Qt::Key_Escape && m_state->canvas->isDragging();
        if (leaves || key->matches(QKeySequence::Copy)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ChartWidget::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyPicture();
    } else if (!pressed(event->key())) {
        QWidget::keyPressEvent(event);
    }
}

bool ChartWidget::pressed(int key)
{
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        stepLayer(key == Qt::Key_Left ? -1 : 1);
        return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        stepLayer(key == Qt::Key_PageUp ? farStep : -farStep);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        select(m_state->crosshair);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Minus:
        zoomByKey(key == Qt::Key_Plus ? keyZoom : 1 / keyZoom);
        return true;
    case Qt::Key_Home:
        resetZoom();
        return true;
    case Qt::Key_M:
        Q_EMIT maximizeRequested();
        return true;
    case Qt::Key_Escape:
        return leave();
    default:
        return false;
    }
}

void ChartWidget::contextMenuEvent(QContextMenuEvent* event)
{
    m_state->menu->popup(event->globalPos());
}

void ChartWidget::focusInEvent(QFocusEvent* event)
{
    update();
    QWidget::focusInEvent(event);
}

void ChartWidget::focusOutEvent(QFocusEvent* event)
{
    update();
    if (!m_state->canvas->underMouse() && event->reason() != Qt::PopupFocusReason) {
        moveCrosshair(std::nullopt);
        movePosition(std::nullopt);
    }
    QWidget::focusOutEvent(event);
}

} // namespace initlens::ui
