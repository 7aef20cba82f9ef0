#include "ui/window/dashboard.h"

#include "ui/run/run_list_model.h"
#include "ui/window/chart_card.h"

#include <QGridLayout>

#include <algorithm>

namespace initlens::ui {

namespace {

constexpr int columns = 2;
constexpr int gap = 12;

} // namespace

Dashboard::Dashboard(RunListModel& runs, QWidget* parent)
    : QWidget(parent), m_runs(runs), m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("dashboard"));
    setAttribute(Qt::WA_StyledBackground);
    m_grid->setContentsMargins(gap, gap, gap, gap);
    m_grid->setSpacing(gap);
    for (const ChartId& chart : dashboardCharts()) {
        addCard(chart);
    }
    m_active = m_cards.front();
    connect(&m_runs, &RunListModel::runChanged, this, [this](const ShownRun& run) {
        for (ChartCard* card : m_cards) {
            card->updateRun(run);
        }
    });
    connect(&m_runs, &RunListModel::runsChanged, this, [this] {
        const auto all = m_runs.runs();
        for (ChartCard* card : m_cards) {
            card->setRuns(all);
        }
    });
}

void Dashboard::addCard(const ChartId& chart)
{
    const int place = static_cast<int>(m_cards.size());
    auto* card = new ChartCard(chart, this);
    card->setObjectName(QStringLiteral("card%1").arg(place));
    card->setRuns(m_runs.runs());
    m_cards.push_back(card);
    m_grid->addWidget(card, place / columns, place % columns);
    m_grid->setRowStretch(place / columns, 1);
    m_grid->setColumnStretch(place % columns, 1);
    connect(card, &ChartCard::crosshairMoved, this, &Dashboard::setCrosshair);
    connect(card, &ChartCard::layerSelected, this, &Dashboard::layerSelected);
    connect(card, &ChartCard::used, this, [this, card] { m_active = card; });
    connect(card, &ChartCard::maximizeRequested, this, [this, card] { toggleMaximized(card); });
    connect(card, &ChartCard::exportRequested, this, [this, card] {
        m_active = card;
        Q_EMIT exportRequested();
    });
}

void Dashboard::setCrosshair(std::optional<int> layer)
{
    for (ChartCard* card : m_cards) {
        if (card != sender()) {
            card->setCrosshairLayer(layer);
        }
    }
}

void Dashboard::setTheme(const ChartTheme& theme)
{
    for (ChartCard* card : m_cards) {
        card->setTheme(theme);
    }
}

void Dashboard::setSelectedLayer(int layer)
{
    for (ChartCard* card : m_cards) {
        card->setSelectedLayer(layer);
    }
}

void Dashboard::setChartKeys(const QStringList& keys)
{
    for (std::size_t i = 0; i < m_cards.size() && static_cast<qsizetype>(i) < keys.size(); ++i) {
        if (const auto chart = chartOfKey(keys[static_cast<qsizetype>(i)])) {
            m_cards[i]->setChart(*chart);
        }
    }
}

QStringList Dashboard::chartKeys() const
{
    QStringList keys = shownKeys();
    for (qsizetype i = 0; i < m_lent.size(); ++i) {
        if (keys[i] == m_lent[i]) {
            keys[i] = m_own[i];
        }
    }
    return keys;
}

void Dashboard::lend(const std::vector<const diagnostics::Diagnostic*>& diagnostics)
{
    restore();
    setChartKeys(chartKeys());
    m_own = shownKeys();
    const auto charts = availableCharts();
    auto card = m_cards.begin();
    for (const auto* diagnostic : diagnostics) {
        (*card++)->setChart(*std::find_if(charts.begin(), charts.end(), [&](const ChartId& chart) {
            return chart.diagnostic == diagnostic;
        }));
    }
    m_lent = diagnostics.empty() ? QStringList() : shownKeys();
}

QStringList Dashboard::shownKeys() const
{
    QStringList keys;
    for (const ChartCard* card : m_cards) {
        keys << chartKey(card->chart());
    }
    return keys;
}

void Dashboard::resetCharts()
{
    restore();
    const auto charts = dashboardCharts();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_cards[i]->setChart(charts[i]);
    }
}

void Dashboard::restore()
{
    if (m_maximized != nullptr) {
        toggleMaximized(m_maximized);
    }
}

void Dashboard::toggleMaximized(ChartCard* card)
{
    m_maximized = m_maximized == card ? nullptr : card;
    m_active = card;
    for (ChartCard* each : m_cards) {
        each->setVisible(m_maximized == nullptr || each == m_maximized);
        each->setMaximized(each == m_maximized);
    }
    for (int i = 0; i < columns; ++i) {
        m_grid->setRowStretch(i, 1);
        m_grid->setColumnStretch(i, 1);
    }
    if (m_maximized != nullptr) {
        int row = 0;
        int column = 0;
        int span = 1;
        m_grid->getItemPosition(m_grid->indexOf(m_maximized), &row, &column, &span, &span);
        m_grid->setRowStretch(1 - row, 0);
        m_grid->setColumnStretch(1 - column, 0);
    }
    m_grid->setSpacing(m_maximized == nullptr ? gap : 0);
}

ChartRequest Dashboard::activeRequest() const
{
    return (m_maximized != nullptr ? m_maximized : m_active)->request();
}

} // namespace initlens::ui
