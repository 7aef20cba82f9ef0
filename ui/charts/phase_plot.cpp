#include "ui/charts/phase_plot.h"

#include "ui/charts/phase_items.h"
#include "ui/charts/tickers.h"

#include <QMenu>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr double reach = 14; // pixels around the handle that take hold of it
constexpr double keyStep = 0.01;
constexpr double fineKeyStep = 0.001;
/// Networks without weights have no point: the handle stays so far from sigma_w = 0.
constexpr double leastShare = 0.01;

void styleAxis(QCPAxis& axis, const ChartTheme& theme)
{
    const QPen line(theme.axis, theme.axisWidth);
    axis.setBasePen(line);
    axis.setTickPen(line);
    axis.setSubTickPen(line);
    axis.setTickLength(0, 4);
    axis.setSubTickLength(0, 2);
    axis.setTickLabelFont(chartFont(theme, theme.textSize));
    axis.setTickLabelColor(theme.mutedText);
    axis.setLabelFont(chartFont(theme, theme.textSize));
    axis.setLabelColor(theme.mutedText);
    axis.grid()->setVisible(false);
}

} // namespace

PhasePlot::PhasePlot(QWidget* parent) : QCustomPlot(parent), m_theme(lightChartTheme())
{
    setObjectName(QStringLiteral("phasePlot"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setInteractions(QCP::iNone);
    setMinimumSize(220, 200);
    setAccessibleName(tr("Phase diagram"));
    setToolTip(tr("Drag the point, or move it with the arrow keys (Shift: finely)."));
    addParts();
    setTheme(m_theme);
}

PhasePlot::~PhasePlot() = default;

void PhasePlot::addParts()
{
    m_scale = new QCPColorScale(this);
    plotLayout()->addElement(0, 1, m_scale);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setBarWidth(10);
    m_cells = new QCPColorMap(xAxis, yAxis);
    m_cells->setColorScale(m_scale);
    m_cells->setInterpolate(true);
    auto* margins = new QCPMarginGroup(this);
    axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_scale->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    xAxis->setTicker(QSharedPointer<NumberTicker>::create());
    yAxis->setTicker(QSharedPointer<NumberTicker>::create());
    addLayer(QStringLiteral("moving"));
    m_movingLayer = layer(QStringLiteral("moving"));
    m_movingLayer->setMode(QCPLayer::lmBuffered);
    m_divergence = new DivergenceItem(this);
    m_lines = new CriticalLinesItem(this);
    m_legend = new PhaseLegendItem(this);
    m_legend->setClipToAxisRect(false);
    m_handleItem = new PhaseHandleItem(this);
    m_handleItem->setClipToAxisRect(false);
    m_handleItem->setLayer(m_movingLayer);
}

void PhasePlot::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    setBackground(QBrush(theme.background));
    axisRect()->setBackground(QBrush(theme.page));
    const int side = 3 * theme.textSize;
    axisRect()->setMinimumMargins(
        {side + 14, PhaseLegendItem::height(theme), 6, 3 * theme.textSize + 6});
    for (QCPAxis* axis : {xAxis, yAxis}) {
        styleAxis(*axis, theme);
        axis->setLabel(QStringLiteral(" ")); // keeps the room for the symbol that is drawn there
    }
    for (QCPAxis* axis : m_scale->axis()->axisRect()->axes()) {
        styleAxis(*axis, theme);
    }
    m_divergence->setTheme(theme);
    m_lines->setTheme(theme);
    m_legend->setTheme(theme);
    m_handleItem->setTheme(theme);
    updateScale();
}

void PhasePlot::setColouring(PhaseColouring colouring)
{
    m_colouring = colouring;
    updateScale();
}

void PhasePlot::updateScale()
{
    m_cells->setGradient(phaseGradient(m_theme, m_colouring));
    m_cells->setDataRange(phaseLevels(m_colouring));
    m_scale->axis()->setTicker(phaseTicker(m_colouring));
    fillMap();
}

void PhasePlot::setMap(const experiment::PhaseMapPointer& map)
{
    m_map = map;
    m_divergence->setMap(map);
    m_lines->setMap(map);
    m_legend->setShown(!m_lines->isEmpty(), !m_divergence->isEmpty());
    fillMap();
}

void PhasePlot::fillMap()
{
    if (m_map == nullptr) {
        replot(rpQueuedReplot);
        return;
    }
    const auto& sides = m_map->rectangle;
    const int cells = m_map->cellsPerAxis;
    const double halfWidth = (sides.sigmaWTo - sides.sigmaWFrom) / cells / 2;
    const double halfHeight = (sides.sigmaBTo - sides.sigmaBFrom) / cells / 2;
    m_cells->data()->setSize(cells, cells);
    m_cells->data()->setRange({sides.sigmaWFrom + halfWidth, sides.sigmaWTo - halfWidth},
                              {sides.sigmaBFrom + halfHeight, sides.sigmaBTo - halfHeight});
    for (int row = 0; row < cells; ++row) {
        for (int column = 0; column < cells; ++column) {
            m_cells->data()->setCell(column, row,
                                     phaseLevel(m_map->cell(column, row), m_colouring));
        }
    }
    xAxis->setRange(sides.sigmaWFrom, sides.sigmaWTo);
    yAxis->setRange(sides.sigmaBFrom, sides.sigmaBTo);
    replot(rpQueuedReplot);
}

void PhasePlot::setHandle(const std::optional<QPointF>& place)
{
    if (m_grip && place) {
        return;
    }
    m_handle = place;
    m_grip.reset();
    updateHandle();
}

void PhasePlot::updateHandle()
{
    m_handleItem->setPlace(m_map != nullptr ? m_handle : std::nullopt);
    m_handleItem->setState(hasFocus(), m_hovered);
    m_movingLayer->replot();
}

QPointF PhasePlot::pixelOf(const QPointF& point) const
{
    return {xAxis->coordToPixel(point.x()), yAxis->coordToPixel(point.y())};
}

QPointF PhasePlot::pointAt(const QPointF& pixel) const
{
    return {xAxis->pixelToCoord(pixel.x()), yAxis->pixelToCoord(pixel.y())};
}

bool PhasePlot::isOverHandle(const QPointF& pixel) const
{
    if (!m_handle || m_map == nullptr) {
        return false;
    }
    const QPointF away = pixelOf(*m_handle) - pixel;
    return std::hypot(away.x(), away.y()) <= reach;
}

void PhasePlot::move(const QPointF& point)
{
    const auto& sides = m_map->rectangle;
    const double least = sides.sigmaWFrom + leastShare * (sides.sigmaWTo - sides.sigmaWFrom);
    const QPointF inside(std::clamp(point.x(), least, sides.sigmaWTo),
                         std::clamp(point.y(), sides.sigmaBFrom, sides.sigmaBTo));
    if (inside != *m_handle) {
        m_handle = inside;
        updateHandle();
        Q_EMIT handleMoved(inside);
    }
}

void PhasePlot::moveTo(const QPointF& pixel)
{
    // To what can be told apart on screen: numbers that fit the boxes of the form.
    const auto rounded = [](double value, double perPixel) {
        const double unit = std::pow(10.0, std::floor(std::log10(perPixel)));
        return std::round(value / unit) * unit;
    };
    const QPointF point = pointAt(pixel);
    move({rounded(point.x(), xAxis->range().size() / axisRect()->width()),
          rounded(point.y(), yAxis->range().size() / axisRect()->height())});
}

void PhasePlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && isOverHandle(event->position())) {
        m_grip = pixelOf(*m_handle) - event->position();
        setCursor(Qt::ClosedHandCursor);
    }
    event->accept();
}

void PhasePlot::mouseMoveEvent(QMouseEvent* event)
{
    if (m_grip) {
        moveTo(event->position() + *m_grip);
    } else {
        setHovered(isOverHandle(event->position()));
    }
    event->accept();
}

void PhasePlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_grip) {
        m_grip.reset();
        m_hovered = false;
        setHovered(isOverHandle(event->position()));
        updateHandle();
    }
    event->accept();
}

void PhasePlot::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_handle && m_map != nullptr &&
        axisRect()->rect().contains(event->pos())) {
        moveTo(event->position());
    }
    event->accept();
}

void PhasePlot::resizeEvent(QResizeEvent* event)
{
    // Much taller than wide it would show little more.
    constexpr double tallest = 1.15;
    setMaximumHeight(std::max(minimumHeight(), static_cast<int>(tallest * event->size().width())));
    QCustomPlot::resizeEvent(event);
}

void PhasePlot::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void PhasePlot::leaveEvent(QEvent* event)
{
    if (!m_grip) {
        setHovered(false);
    }
    QCustomPlot::leaveEvent(event);
}

void PhasePlot::setHovered(bool hovered)
{
    setCursor(hovered ? Qt::OpenHandCursor : Qt::ArrowCursor);
    if (hovered != m_hovered) {
        m_hovered = hovered;
        updateHandle();
    }
}

void PhasePlot::keyPressEvent(QKeyEvent* event)
{
    const double step = event->modifiers() & Qt::ShiftModifier ? fineKeyStep : keyStep;
    QPointF steps;
    switch (event->key()) {
    case Qt::Key_Left:
        steps = {-step, 0};
        break;
    case Qt::Key_Right:
        steps = {step, 0};
        break;
    case Qt::Key_Up:
        steps = {0, step};
        break;
    case Qt::Key_Down:
        steps = {0, -step};
        break;
    default:
        QCustomPlot::keyPressEvent(event);
        return;
    }
    if (m_handle && m_map != nullptr) {
        move({m_handle->x() + steps.x() * xAxis->range().size(),
              m_handle->y() + steps.y() * yAxis->range().size()});
    }
    event->accept();
}

void PhasePlot::focusInEvent(QFocusEvent* event)
{
    QCustomPlot::focusInEvent(event);
    updateHandle();
}

void PhasePlot::focusOutEvent(QFocusEvent* event)
{
    QCustomPlot::focusOutEvent(event);
    updateHandle();
}

void PhasePlot::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("phaseMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Copy picture")), &QAction::triggered, this,
            &PhasePlot::copyRequested);
    connect(menu->addAction(tr("&Export…")), &QAction::triggered, this,
            &PhasePlot::exportRequested);
    menu->popup(event->globalPos());
}

} // namespace initlens::ui
