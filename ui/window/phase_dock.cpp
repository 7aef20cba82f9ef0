#include "ui/window/phase_dock.h"

#include "ui/form/spec_panel.h"
#include "ui/run/session.h"
#include "ui/window/phase_panel.h"
#include "ui/window/window_actions.h"

namespace initlens::ui {

namespace {

constexpr int panelWidth = 340;

} // namespace

PhaseDock::PhaseDock(QMainWindow& window, WindowActions& actions, Session& session, SpecPanel& form)
    : QObject(&window), m_window(window), m_session(session), m_panel(new PhasePanel(&window))
{
    m_window.addDockWidget(Qt::RightDockWidgetArea, m_panel);
    m_panel->hide();
    connect(&form, &SpecPanel::specEdited, m_panel, &PhasePanel::setSpec);
    connect(&session, &Session::specChanged, m_panel, &PhasePanel::setSpec);
    connect(m_panel, &PhasePanel::specRequested, &session, &Session::replaceSpec);
    connect(m_panel, &PhasePanel::told, this, &PhaseDock::told);
    connect(m_panel, &PhasePanel::failed, this, &PhaseDock::failed);
    connect(session.runs(), &RunListModel::runChanged, this, &PhaseDock::showPrediction);
    connect(session.runs(), &RunListModel::runsChanged, this, &PhaseDock::showPrediction);
    connect(actions.phaseDiagram, &QAction::triggered, this, &PhaseDock::setShown);
    connect(m_panel, &QDockWidget::visibilityChanged, actions.phaseDiagram,
            [this, action = actions.phaseDiagram] { action->setChecked(isShown()); });
}

bool PhaseDock::isShown() const
{
    return !m_panel->isHidden();
}

void PhaseDock::setShown(bool shown)
{
    const bool wasShown = isShown();
    m_panel->setVisible(shown);
    if (shown && !wasShown) {
        m_window.resizeDocks({m_panel}, {panelWidth}, Qt::Horizontal);
    }
}

void PhaseDock::setTheme(const ChartTheme& theme)
{
    m_panel->setTheme(theme);
}

void PhaseDock::showPrediction()
{
    const ShownRun& run = m_session.runs()->run(RunListModel::currentRow);
    if (run.prediction != nullptr && !run.predictionOutdated) {
        m_panel->setPrediction(run.prediction);
    }
}

} // namespace initlens::ui
