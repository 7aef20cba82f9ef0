#include "ui/window/main_window.h"

#include "core/code/layer_code.h"
#include "ui/charts/chart_export.h"
#include "ui/form/spec_panel.h"
#include "ui/run/run_names.h"
#include "ui/window/agreement_panel.h"
#include "ui/window/dashboard.h"
#include "ui/window/fan_panel.h"
#include "ui/window/file_actions.h"
#include "ui/window/gain_panel.h"
#include "ui/window/guide.h"
#include "ui/window/layer_panel.h"
#include "ui/window/notice_bar.h"
#include "ui/window/own_layer_panel.h"
#include "ui/window/phase_dock.h"
#include "ui/window/runs_panel.h"
#include "ui/window/status_line.h"
#include "ui/window/verdict_panel.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_dialogs.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QScreen>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace initlens::ui {

namespace {

constexpr QSize firstSize{1440, 900};
constexpr int leftWidth = 268;
constexpr int sideWidth = 292;

} // namespace

MainWindow::MainWindow(const RunFunction& run, const PredictFunction& predict,
                       const GainFunction& gains, QWidget* parent)
    : QMainWindow(parent), m_session(run, predict), m_actions(new WindowActions(*this)),
      m_guide(new Guide(*this, *m_actions, m_session)), m_gains(new GainPanel(gains, this)),
      m_fans(new FanPanel(this)), m_files(nullptr), m_specPanel(new SpecPanel),
      m_dashboard(nullptr), m_notice(nullptr), m_runsPanel(nullptr), m_verdict(nullptr),
      m_ownLayer(nullptr), m_layerPanel(nullptr),
      m_phase(new PhaseDock(*this, *m_actions, m_session, *m_specPanel)),
      m_status(new StatusLine(this)), m_splitter(new QSplitter(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("InitLens"));
    buildLayout();
    m_files = new FileActions(*this, *m_actions, m_session, *m_dashboard, *m_notice);
    connectSession();
    connectActions();
    restoreState();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildLayout()
{
    m_splitter->setObjectName(QStringLiteral("splitter"));
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_specPanel->setMinimumWidth(250);
    m_specPanel->setPresets(m_actions->presets);
    m_splitter->addWidget(m_specPanel);
    m_splitter->addWidget(buildCentre());
    m_splitter->addWidget(buildSide());
    m_splitter->setStretchFactor(1, 1);
    setCentralWidget(m_splitter);
    setStatusBar(m_status);
}

QWidget* MainWindow::buildCentre()
{
    auto* centre = new QWidget(this);
    m_dashboard = new Dashboard(*m_session.runs(), centre);
    m_notice = new NoticeBar(centre);
    auto* margins = new QHBoxLayout;
    margins->setContentsMargins(12, 0, 12, 10);
    margins->addWidget(m_notice);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_dashboard, 1);
    layout->addLayout(margins);
    return centre;
}

QWidget* MainWindow::buildSide()
{
    auto* form = new QWidget;
    form->setObjectName(QStringLiteral("runsForm"));
    m_runsPanel = new RunsPanel(*m_session.runs(), form);
    m_verdict = new VerdictPanel(form);
    auto* agreement = new AgreementPanel(*m_session.runs(), form);
    m_ownLayer = new OwnLayerPanel(
        [this](const code::LayerRequest& request) {
            return code::layerCode(m_session.spec(), request);
        },
        form);
    m_layerPanel = new LayerPanel(*m_session.runs(), form);
    auto* rows = new QVBoxLayout(form);
    rows->setContentsMargins(10, 12, 10, 12);
    rows->setSpacing(14);
    rows->addWidget(m_runsPanel);
    rows->addWidget(m_verdict);
    rows->addWidget(agreement);
    rows->addWidget(m_layerPanel);
    rows->addWidget(m_ownLayer);
    rows->addStretch(1);

    auto* side = new QScrollArea(this);
    side->setObjectName(QStringLiteral("sidePanel"));
    side->setFrameShape(QFrame::NoFrame);
    side->setWidgetResizable(true);
    side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    side->setFocusPolicy(Qt::NoFocus);
    side->setMinimumWidth(250);
    side->setWidget(form);
    return side;
}

void MainWindow::connectSession()
{
    connect(m_specPanel, &SpecPanel::specEdited, &m_session, &Session::setSpec);
    connect(&m_session, &Session::specChanged, m_specPanel, &SpecPanel::setSpec);
    connect(&m_session, &Session::problemsChanged, m_specPanel, &SpecPanel::setProblems);
    connect(&m_session, &Session::activityChanged, this,
            [this](const Activity& activity) { m_status->setActivity(activity); });
    connect(&m_session, &Session::layerSelected, this, [this](int layer) {
        m_dashboard->setSelectedLayer(layer);
        m_layerPanel->setLayer(layer);
    });
    connect(m_dashboard, &Dashboard::layerSelected, &m_session, &Session::selectLayer);
    connect(&m_session, &Session::currentFinished, this,
            [this](const experiment::RecordPointer& record) {
                m_status->setFinished(*record, m_session.plan());
            });
    connect(m_session.runs(), &RunListModel::recordChanged, this, &MainWindow::showEvents);
    connect(m_session.runs(), &RunListModel::runsChanged, this, &MainWindow::showEvents);
    connect(m_status, &StatusLine::stopRequested, &m_session, &Session::stop);
    connect(m_session.runs(), &RunListModel::runChanged, this, &MainWindow::showVerdict);
    connect(m_session.runs(), &RunListModel::runsChanged, this, &MainWindow::showVerdict);
    connect(m_verdict, &VerdictPanel::repairRequested, &m_session, &Session::replaceSpec);
    connect(&m_session, &Session::historyChanged, this, &MainWindow::showHistory);
    showHistory();
}

void MainWindow::connectActions()
{
    connect(m_dashboard, &Dashboard::exportRequested, m_actions->exportChart, &QAction::trigger);
    connect(m_actions->exportChart, &QAction::triggered, this, &MainWindow::chooseExport);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->undo, &QAction::triggered, &m_session, &Session::undo);
    connect(m_actions->redo, &QAction::triggered, &m_session, &Session::redo);
    connect(m_actions->copyChart, &QAction::triggered, this, &MainWindow::copyChart);
    connect(m_actions->resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_actions->runAgain, &QAction::triggered, &m_session, &Session::runAgain);
    connect(m_actions->stop, &QAction::triggered, this, &MainWindow::stopOrRestore);
    connect(m_actions->networkLine, &QAction::triggered, m_specPanel, &SpecPanel::editLine);
    connect(m_actions->redrawSeed, &QAction::triggered, m_specPanel, &SpecPanel::redrawSeed);
    connect(m_actions->pinCurrent, &QAction::triggered, m_session.runs(),
            &RunListModel::pinCurrent);
    connect(m_actions->shortcuts, &QAction::triggered, this,
            [this] { showShortcuts(this, m_actions->shortcutTable()); });
    connect(m_actions->about, &QAction::triggered, this, [this] { showAbout(this); });
    connect(m_actions, &WindowActions::themeChosen, this, &MainWindow::setTheme);

    connect(m_guide, &Guide::presetOpened, this,
            [this](const teaching::Preset& preset) { m_dashboard->lend(preset.diagnostics); });
    connect(m_guide, &Guide::presetChosen, this, [this](const teaching::Preset& preset) {
        m_notice->showMessage(QString::fromStdString(preset.text));
    });
    connect(m_guide, &Guide::failed, m_notice, &NoticeBar::showError);
    connect(m_phase, &PhaseDock::told, m_notice, &NoticeBar::showMessage);
    connect(m_phase, &PhaseDock::failed, m_notice, &NoticeBar::showError);
    m_gains->dockIn(*this, *m_actions->gainWorkbench);
    m_fans->dockIn(*this, *m_actions->fanCalculator);
    connect(m_gains, &GainPanel::copied, this,
            [this](const QString& text) { m_notice->showMessage(tr("Copied %1").arg(text)); });
    connect(m_ownLayer, &OwnLayerPanel::copied, this, [this](const QString& framework) {
        m_notice->showMessage(tr("The code for %1 is on the clipboard.").arg(framework));
    });
    connect(m_ownLayer, &OwnLayerPanel::failed, m_notice, &NoticeBar::showError);
}

void MainWindow::openExample()
{
    m_guide->openFirstPreset();
}

void MainWindow::restoreState()
{
    resetLayout();
    const auto state = takeWindowState();
    if (!state) {
        setTheme(m_theme);
        return;
    }
    restoreGeometry(state->geometry);
    m_splitter->restoreState(state->splitter);
    m_dashboard->setChartKeys(state->charts);
    m_phase->setShown(state->phaseShown);
    setTheme(state->theme);
    storeWindowState(*state);
}

void MainWindow::resetLayout()
{
    if (!isVisible()) {
        resize(firstSize.boundedTo(screen()->availableSize()));
    }
    m_splitter->setSizes({leftWidth, width() - leftWidth - sideWidth, sideWidth});
    m_dashboard->resetCharts();
    m_phase->setShown(false);
    m_gains->hide();
    m_fans->hide();
}

void MainWindow::setTheme(ThemeChoice choice)
{
    m_theme = choice;
    const ChartTheme theme = chartTheme(choice);
    applyStyle(theme);
    m_actions->setTheme(choice);
    m_dashboard->setTheme(theme);
    m_layerPanel->setTheme(theme);
    m_runsPanel->setTheme(theme);
    m_guide->setTheme(theme);
    m_phase->setTheme(theme);
    m_gains->setTheme(theme);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    storeWindowState({.geometry = saveGeometry(),
                      .splitter = m_splitter->saveState(),
                      .theme = m_theme,
                      .charts = m_dashboard->chartKeys(),
                      .phaseShown = m_phase->isShown()});
    m_files->endJournal();
    event->accept();
}

void MainWindow::stopOrRestore()
{
    if (m_session.activity().running) {
        m_session.stop();
    } else {
        m_dashboard->restore();
    }
}

/// What undo and redo would change, in their own words.
void MainWindow::showHistory()
{
    const auto offer = [this](QAction* action, const QString& name,
                              const experiment::RunSpec* target) {
        action->setEnabled(target != nullptr);
        if (target == nullptr) {
            action->setText(name);
            return;
        }
        const QStringList all = differences(m_session.spec(), *target).split(QStringLiteral("; "));
        constexpr int most = 2; // more would make the menu as wide as the window
        const QString some = QStringList(all.mid(0, most)).join(QStringLiteral("; "));
        action->setText(all.size() > most ? tr("%1: %2; …").arg(name, some)
                                          : tr("%1: %2").arg(name, some));
    };
    offer(m_actions->undo, tr("&Undo"), m_session.history().previous(m_session.spec()));
    offer(m_actions->redo, tr("&Redo"), m_session.history().next());
}

void MainWindow::showVerdict()
{
    const ShownRun& run = m_session.runs()->run(RunListModel::currentRow);
    if (run.prediction != nullptr && !run.predictionOutdated) {
        m_verdict->setPrediction(run.prediction);
        m_ownLayer->setPrediction(run.prediction);
    }
}

void MainWindow::showEvents()
{
    QStringList events;
    const RunListModel& runs = *m_session.runs();
    for (int row = 0; row < runs.rowCount(); ++row) {
        if (const auto record = runs.record(row)) {
            for (const auto& event : record->events) {
                events << tr("%1: %2").arg(runs.run(row).name, QString::fromStdString(event));
            }
        }
    }
    m_notice->setEvents(events);
}

void MainWindow::chooseExport()
{
    const ChartId chart = m_dashboard->activeRequest().chart.value_or(dashboardCharts().front());
    chooseExportFile(this, chartLabel(chart), chartKey(chart),
                     [this](const QString& path) { exportTo(path); });
}

void MainWindow::exportTo(const QString& path)
{
    const auto status = exportChart(path.toStdU16String(), m_dashboard->activeRequest());
    if (status) {
        m_notice->showMessage(tr("Saved %1").arg(path));
    } else {
        m_notice->showError(QString::fromStdString(status.error().message()));
    }
}

void MainWindow::copyChart()
{
    QApplication::clipboard()->setMimeData(chartMimeData(m_dashboard->activeRequest()).release());
    m_notice->showMessage(tr("The chart is on the clipboard, as a picture and as SVG."));
}

} // namespace initlens::ui
