#include "ui/window/chart_card.h"

#include "core/experiment/prediction.h"
#include "ui/charts/run_theory.h"

#include <QActionGroup>
#include <QEvent>
#include <QLabel>
#include <QMenu>

#include <algorithm>

namespace initlens::ui {

namespace {

// A chart shows one diagnostic: whatever else has been read does not concern it.
bool looksTheSame(const ShownRun& a, const ShownRun& b, const diagnostics::Diagnostic& diagnostic)
{
    const auto reading = [&diagnostic](const ShownRun& run) {
        const auto found = run.readings.find(std::string(diagnostic.head.id));
        return found == run.readings.end() ? nullptr : found->second.get();
    };
    const auto preview = [&diagnostic](const ShownRun& run) {
        const auto found = run.previews.find(std::string(diagnostic.head.id));
        return found == run.previews.end() ? nullptr : found->second.get();
    };
    return a.name == b.name && a.style == b.style && a.visible == b.visible &&
           a.current == b.current && reading(a) == reading(b) && preview(a) == preview(b) &&
           (!experiment::isPredictable(diagnostic) ||
            (a.prediction == b.prediction && a.predictionOutdated == b.predictionOutdated)) &&
           a.spec == b.spec;
}

/// Whether a line parts a chart from the one before: where one of several of a group meets another
/// group.
bool isParted(const std::vector<ChartId>& charts, std::size_t index)
{
    const auto sameGroup = [&](std::size_t a, std::size_t b) {
        return b < charts.size() &&
               charts[a].diagnostic->head.group == charts[b].diagnostic->head.group;
    };
    const bool hasSibling = sameGroup(index, index + 1);
    const bool endsSeveral = index > 1 && sameGroup(index - 1, index - 2);
    return !sameGroup(index - 1, index) && (hasSibling || endsSeveral);
}

} // namespace

ChartCard::ChartCard(const ChartId& chart, QWidget* parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_switch(new QToolButton(this)),
      m_theme(lightChartTheme())
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_switch->setObjectName(QStringLiteral("switchChart"));
    m_switch->setProperty("title", true);
    m_switch->setPopupMode(QToolButton::InstantPopup);
    m_switch->setToolTip(tr("Show another chart here"));
    m_switch->setCursor(Qt::PointingHandCursor);
    makeMenu();
    makeChart(chart);
}

void ChartCard::makeMenu()
{
    auto* menu = new QMenu(m_switch);
    menu->setToolTipsVisible(true);
    auto* group = new QActionGroup(menu);
    const std::vector<ChartId> charts = availableCharts();
    for (std::size_t i = 0; i < charts.size(); ++i) {
        const ChartId& chart = charts[i];
        if (i > 0 && isParted(charts, i)) {
            menu->addSeparator();
        }
        auto* action = menu->addAction(chartLabel(chart));
        action->setData(chartKey(chart));
        action->setCheckable(true);
        action->setToolTip(QString::fromUtf8(chart.diagnostic->head.help.data()));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chart] { setChart(chart); });
    }
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        for (QAction* action : menu->actions()) {
            action->setChecked(action->data().toString() == chartKey(withStrip(chart(), false)));
        }
    });
    m_switch->setMenu(menu);
}

void ChartCard::makeChart(const ChartId& chart)
{
    // The button outlives the chart that shows it: it may be the one that asked for this.
    m_switch->setParent(this);
    delete m_chart;
    m_chart = new ChartWidget(chart, this);
    m_chart->setTitleButton(m_switch);
    m_chart->setObjectName(chartKey(chart));
    m_chart->setTheme(m_theme);
    m_chart->setSelectedLayer(m_selectedLayer);
    m_chart->setMaximized(m_maximized);
    m_chart->setRuns(m_runs);
    m_chart->installEventFilter(this);
    m_layout->addWidget(m_chart);
    m_switch->setAccessibleName(tr("%1, show another chart here").arg(chartLabel(chart)));
    connect(m_chart, &ChartWidget::crosshairMoved, this, &ChartCard::crosshairMoved);
    connect(m_chart, &ChartWidget::layerSelected, this, &ChartCard::layerSelected);
    connect(m_chart, &ChartWidget::maximizeRequested, this, &ChartCard::maximizeRequested);
    connect(m_chart, &ChartWidget::exportRequested, this, &ChartCard::exportRequested);
    // The chart whose menu asks is the one that goes.
    connect(
        m_chart, &ChartWidget::stripRequested, this,
        [this](bool strip) { setChart(withStrip(this->chart(), strip)); }, Qt::QueuedConnection);
}

ChartRequest ChartCard::request() const
{
    auto request = m_chart->request();
    request.runs = withoutPreviews(m_runs);
    return request;
}

void ChartCard::setChart(const ChartId& chart)
{
    if (chart != this->chart()) {
        makeChart(chart);
    }
}

void ChartCard::setRuns(const std::vector<ShownRun>& runs)
{
    m_runs = runs;
    m_chart->setRuns(runs);
}

void ChartCard::updateRun(const ShownRun& run)
{
    const auto known = std::find_if(m_runs.begin(), m_runs.end(),
                                    [&run](const ShownRun& each) { return each.id == run.id; });
    if (known == m_runs.end()) {
        m_runs.push_back(run);
        m_chart->updateRun(run);
        return;
    }
    const bool same = looksTheSame(*known, run, *chart().diagnostic);
    *known = run;
    if (!same) {
        m_chart->updateRun(run);
    }
}

void ChartCard::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    m_chart->setTheme(theme);
}

void ChartCard::setSelectedLayer(int layer)
{
    m_selectedLayer = layer;
    m_chart->setSelectedLayer(layer);
}

void ChartCard::setMaximized(bool maximized)
{
    m_maximized = maximized;
    m_chart->setMaximized(maximized);
}

bool ChartCard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn) {
        Q_EMIT used();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace initlens::ui
