#include "ui/window/layer_panel.h"

#include "ui/charts/chart_widget.h"
#include "ui/run/run_list_model.h"
#include "ui/window/layer_table_model.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace initlens::ui {

namespace {

constexpr int chartHeight = 190;
constexpr int rowHeight = 22;

} // namespace

LayerPanel::LayerPanel(RunListModel& runs, QWidget* parent)
    : QWidget(parent), m_runs(runs), m_heading(new QLabel(this)), m_choice(new QComboBox(this)),
      m_chartPlace(new QVBoxLayout), m_table(new QTableView(this)),
      m_model(new LayerTableModel(this)), m_theme(lightChartTheme())
{
    setObjectName(QStringLiteral("layerPanel"));
    m_heading->setObjectName(QStringLiteral("layerHeading"));
    m_heading->setProperty("heading", true);
    m_choice->setObjectName(QStringLiteral("histogramChoice"));
    m_choice->setAccessibleName(tr("Histogram"));
    for (const ChartId& chart : availableCharts()) {
        if (chart.diagnostic->reading == diagnostics::Kind::Histogram) {
            m_choice->addItem(chartLabel(chart), chartKey(chart));
        }
    }
    makeTable();

    auto* top = new QHBoxLayout;
    top->setContentsMargins(4, 0, 0, 0);
    top->addWidget(m_heading, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(m_choice);
    layout->addLayout(m_chartPlace);
    layout->addWidget(m_table);

    connect(m_choice, &QComboBox::currentIndexChanged, this, &LayerPanel::showHistogram);
    connect(&m_runs, &RunListModel::runChanged, this, [this](const ShownRun& run) {
        m_chart->updateRun(run);
        scheduleTable();
    });
    connect(&m_runs, &RunListModel::runsChanged, this, [this] {
        m_chart->setRuns(m_runs.runs());
        scheduleTable();
    });
    showHistogram(m_choice->currentIndex());
    setLayer(m_layer);
}

void LayerPanel::makeTable()
{
    m_table->setObjectName(QStringLiteral("layerTable"));
    m_table->setAccessibleName(tr("Readings at the selected layer"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(rowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setTextElideMode(Qt::ElideRight);
    m_table->horizontalHeader()->setMinimumSectionSize(30);
    m_table->setIconSize({10, 10});
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    QFont font = m_table->font();
    font.setPixelSize(m_theme.smallTextSize + 1);
    m_table->setFont(font);
}

void LayerPanel::setLayer(int layer)
{
    m_layer = layer;
    m_heading->setText(tr("Layer %1").arg(layer));
    m_chart->setSelectedLayer(layer);
    scheduleTable();
}

void LayerPanel::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    m_chart->setTheme(theme);
    m_model->setTheme(theme);
}

void LayerPanel::showHistogram(int index)
{
    const auto chart = chartOfKey(m_choice->itemData(index).toString());
    if (!chart) {
        return;
    }
    delete m_chart;
    m_chart = new ChartWidget(*chart, this);
    m_chart->setObjectName(QStringLiteral("histogramChart"));
    m_chart->setFixedHeight(chartHeight);
    m_chart->setTheme(m_theme);
    m_chart->setRuns(m_runs.runs());
    m_chart->setSelectedLayer(m_layer);
    m_chartPlace->addWidget(m_chart);
}

// Many readings may change in one turn of the event loop; the table follows once.
void LayerPanel::scheduleTable()
{
    if (!m_tableIsStale) {
        m_tableIsStale = true;
        QMetaObject::invokeMethod(this, &LayerPanel::updateTable, Qt::QueuedConnection);
    }
}

void LayerPanel::updateTable()
{
    m_tableIsStale = false;
    m_model->show(m_runs.runs(), m_layer);
    const int height = m_table->horizontalHeader()->sizeHint().height() +
                       m_model->rowCount() * rowHeight + 2 * m_table->frameWidth() + 2;
    if (m_table->maximumHeight() != height) {
        m_table->setFixedHeight(height);
    }
    // The numbers whole, the labels in what is left.
    if (m_model->columnCount() > 0) {
        m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    }
}

} // namespace initlens::ui
