#pragma once

#include "core/io/session_file.h"
#include "core/teaching/preset.h"
#include "ui/run/run_controller.h"
#include "ui/run/run_list_model.h"
#include "ui/run/spec_history.h"

#include <QObject>

#include <set>

namespace initlens::ui {

/// What theory says at once of a valid spec: all but the spectra; null after a stop request.
using PredictFunction =
    std::function<experiment::PredictionPointer(const experiment::RunSpec&, const Execution&)>;

/// What is going on, for the status bar.
struct Activity {
    QString text;            ///< "Jacobian: layer 41 of 50"; "Ready"
    double progress = 0;     ///< 0 to 1
    double secondsLeft = -1; ///< negative: not known yet
    bool running = false;
};

/// The one value that the window edits and everything that follows from it.
class Session : public QObject {
    Q_OBJECT

public:
    Session(const RunFunction& run, const PredictFunction& predict, QObject* parent = nullptr);

    [[nodiscard]] RunListModel* runs() { return &m_runs; }
    [[nodiscard]] const experiment::RunSpec& spec() const { return m_spec; }
    [[nodiscard]] int selectedLayer() const;
    [[nodiscard]] const Activity& activity() const { return m_activity; }
    /// What the current run needs, once it has started.
    [[nodiscard]] const experiment::Plan& plan() const { return m_plan; }

    /// Shows the runs of a preset in place of those that are shown; the user's pinned ones stay in
    /// the list, hidden.
    void open(const teaching::Preset& preset);
    /// Runs `spec` unless it is the one that is shown already.
    void setSpec(const experiment::RunSpec& spec);
    /// The same for a spec that does not come from the form; its histogram layer is selected.
    void replaceSpec(const experiment::RunSpec& spec);
    void runAgain();
    /// To the settings before, or after; what has come of them is shown again where it is at hand.
    void undo();
    void redo();
    [[nodiscard]] const SpecHistory& history() const { return m_history; }
    void stop();
    void selectLayer(int layer);
    void addResult(const QString& name, const experiment::RecordPointer& record);
    /// All but the charts as a session file holds it: a cheap copy, results are shared.
    [[nodiscard]] io::SessionDocument toFile() const;
    /// Shows what a session file holds in place of all that is there; what it lacks is computed.
    void restore(const io::SessionDocument& document);

Q_SIGNALS:
    void specChanged(const initlens::experiment::RunSpec& spec);
    void problemsChanged(const initlens::Error& problems);
    void layerSelected(int layer);
    void activityChanged(const initlens::ui::Activity& activity);
    void currentFinished(const initlens::experiment::RecordPointer& record);
    /// There may be more or less to undo.
    void historyChanged();

private:
    /// Work for when the current run rests: a pinned run as a whole, or one run's histograms.
    struct Chore {
        int runId = 0;
        int layer = 0; ///< of the histograms; 0: the whole run
        friend auto operator<=>(const Chore&, const Chore&) = default;
    };

    void connectControllers();
    void connectPreview();
    void connectTheory();
    void showPrediction(const experiment::RunSpec& spec,
                        const experiment::PredictionPointer& prediction);
    void startPreview();
    void endPreview();
    void start();
    void startOver();
    void show(const SpecHistory::Entry& entry);
    void startNextChore();
    [[nodiscard]] std::optional<Chore> nextChore() const;
    [[nodiscard]] bool isDone(const Chore& chore) const { return m_done.count(chore) > 0; }
    void endChore();
    [[nodiscard]] QString idleText() const;
    void setActivityText(const diagnostics::Reading& reading, const experiment::RunSpec& spec);
    void updateActivity(const RunController& controller);

    RunListModel m_runs;
    RunController m_current;
    RunController m_preview;
    RunController m_theory; ///< does not wait until an earlier run has stopped
    RunController m_chores;
    experiment::RunSpec m_spec;
    SpecHistory m_history;
    experiment::Plan m_plan;
    int m_selectedLayer = 0; ///< 0: the last one
    int m_previewWidth = 0;
    std::optional<Chore> m_chore;
    std::set<Chore> m_done;
    bool m_refused = false; ///< the spec of the form cannot run
    bool m_rests = false;   ///< stopped by hand: no chores until something is asked for
    Activity m_activity;
};

} // namespace initlens::ui
