#include "ui/charts/chart_widget.h"

#include "ui/charts/chart_help.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/chart_widget_state.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMetaMethod>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace initlens::ui {

namespace {

constexpr double cornerRadius = 8;
constexpr double copyDpi = 192;
} // namespace

ChartWidget::ChartWidget(const ChartId& chart, QWidget* parent)
    : QWidget(parent), m_state(std::make_unique<State>())
{
    m_state->chart = chart;
    m_state->model.chart = chart;
    setFocusPolicy(Qt::StrongFocus);
    addParts();
    setTheme(lightChartTheme());
    describe();
}

ChartWidget::~ChartWidget() = default;

void ChartWidget::addParts()
{
    State& state = *m_state;
    state.menu = new ChartMenu(this);
    state.menu->setStrip(canHaveStrip(state.chart), state.chart.strip);
    state.header = new ChartHeader(helpText(*state.chart.diagnostic), state.menu, this);
    state.canvas = new PlotCanvas(this);
    state.canvas->setObjectName(QStringLiteral("plot"));
    state.scene = std::make_unique<ChartScene>(*state.canvas, Purpose::Live);
    state.readout = new ReadoutItem(state.canvas);
    state.readout->setLayer(state.canvas->movingLayer());
    state.readout->setModel(&state.model);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 7, 8, 5);
    layout->setSpacing(0);
    layout->addWidget(state.header);
    layout->addWidget(state.canvas, 1);

    connectMenu();
    connectMouse();
}

void ChartWidget::connectMenu()
{
    const ChartMenu* menu = m_state->menu;
    connect(m_state->header, &ChartHeader::maximizeRequested, this,
            &ChartWidget::maximizeRequested);
    connect(menu, &ChartMenu::copyPictureRequested, this, &ChartWidget::copyPicture);
    connect(menu, &ChartMenu::copyTableRequested, this, &ChartWidget::copyTable);
    connect(menu, &ChartMenu::exportRequested, this, &ChartWidget::exportRequested);
    connect(menu, &ChartMenu::maximizeRequested, this, &ChartWidget::maximizeRequested);
    connect(menu, &ChartMenu::resetZoomRequested, this, &ChartWidget::resetZoom);
    connect(menu, &ChartMenu::stripRequested, this, &ChartWidget::stripRequested);
}

const ChartId& ChartWidget::chart() const
{
    return m_state->chart;
}

ChartRequest ChartWidget::request() const
{
    ChartRequest request;
    request.chart = m_state->chart;
    request.runs = withoutPreviews(m_state->runs);
    request.selectedLayer = m_state->selectedLayer;
    return request;
}

std::optional<int> ChartWidget::crosshairLayer() const
{
    return m_state->crosshair;
}

void ChartWidget::setRuns(const std::vector<ShownRun>& runs)
{
    m_state->runs = runs;
    schedule(Stale::Model);
}

void ChartWidget::updateRun(const ShownRun& run)
{
    auto& runs = m_state->runs;
    const auto known = std::find_if(runs.begin(), runs.end(),
                                    [&run](const ShownRun& each) { return each.id == run.id; });
    if (known == runs.end()) {
        runs.push_back(run);
    } else {
        *known = run;
    }
    schedule(Stale::Model);
}

void ChartWidget::setTheme(const ChartTheme& theme)
{
    m_state->theme = theme;
    m_state->header->setTheme(theme);
    m_state->canvas->setTheme(theme);
    m_state->readout->setTheme(theme);
    update();
    schedule(Stale::Picture);
}

void ChartWidget::setSelectedLayer(int layer)
{
    if (layer != m_state->selectedLayer) {
        m_state->selectedLayer = layer;
        m_state->readout->setSelectedLayer(layer);
        schedule(Stale::Model);
    }
}

void ChartWidget::setCrosshairLayer(std::optional<int> layer)
{
    if (layer != m_state->crosshair) {
        m_state->crosshair = layer;
        m_state->readout->setCrosshair(layer);
        schedule(Stale::Readout);
    }
}

void ChartWidget::setMaximized(bool maximized)
{
    m_state->header->setMaximized(maximized);
    m_state->menu->setMaximized(maximized);
}

void ChartWidget::setTitleButton(QAbstractButton* button)
{
    m_state->header->setTitleButton(button);
}

void ChartWidget::resetZoom()
{
    if (m_state->ranges.reset()) {
        schedule(Stale::Picture);
    }
}

void ChartWidget::schedule(Stale stale)
{
    m_state->stale = std::max(m_state->stale, stale);
    if (m_state->scheduled || !isVisible()) {
        return;
    }
    m_state->scheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_state->scheduled = false;
            if (isVisible()) {
                refresh();
            }
        },
        Qt::QueuedConnection);
}

void ChartWidget::refresh()
{
    State& state = *m_state;
    const Stale stale = std::exchange(state.stale, Stale::Nothing);
    if (stale == Stale::Nothing) {
        return;
    }
    if (stale == Stale::Model) {
        state.model = makeModel(state.chart, state.runs, state.selectedLayer, &state.model);
        state.ranges.update(state.model);
        describe();
    }
    if (stale == Stale::Readout) {
        state.canvas->movingLayer()->replot();
        return;
    }
    state.menu->setZoomed(state.ranges.isZoomed());
    state.scene->show(state.model, state.theme, state.ranges.shown(), state.canvas->size());
    state.canvas->replot(QCustomPlot::rpQueuedRefresh);
}

void ChartWidget::describe()
{
    const QString title = chartTitle(m_state->model);
    m_state->header->setTitle(title);
    setAccessibleName(title);
    setAccessibleDescription(chartSummary(m_state->model));
}

void ChartWidget::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    const bool maximizes =
        isSignalConnected(QMetaMethod::fromSignal(&ChartWidget::maximizeRequested));
    const bool exports = isSignalConnected(QMetaMethod::fromSignal(&ChartWidget::exportRequested));
    m_state->header->setMaximizable(maximizes);
    m_state->menu->setMaximizable(maximizes);
    m_state->menu->setExportable(exports);
    const bool strips = isSignalConnected(QMetaMethod::fromSignal(&ChartWidget::stripRequested));
    m_state->menu->setStrip(strips && canHaveStrip(m_state->chart), m_state->chart.strip);
    schedule(m_state->stale);
}

void ChartWidget::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = hasFocus() ? 1.5 : 1;
    painter.setPen(QPen(hasFocus() ? m_state->theme.accent : m_state->theme.border, width));
    painter.setBrush(m_state->theme.background);
    const double inset = width / 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), cornerRadius,
                            cornerRadius);
}

void ChartWidget::copyPicture() const
{
    ChartRequest picture = request();
    picture.dpi = copyDpi;
    QGuiApplication::clipboard()->setMimeData(chartMimeData(picture).release());
}

void ChartWidget::copyTable(QChar separator) const
{
    QGuiApplication::clipboard()->setText(chartTable(request(), separator));
}

QSize ChartWidget::sizeHint() const
{
    return {420, 320};
}

QSize ChartWidget::minimumSizeHint() const
{
    return {200, 130};
}

} // namespace initlens::ui
