#include "ui/run/session.h"

#include "core/diagnostics/diagnostic.h"
#include "core/experiment/preview.h"

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr int wholeRun = 0;

const spectrum::Scope& noJacobian()
{
    const auto table = spectrum::Scope::table();
    return **std::find_if(table.begin(), table.end(), [](const spectrum::Scope* row) {
        return row->scope == spectrum::Scope::Kind::None;
    });
}

bool hasHistogramsAt(const ShownRun& run, int layer)
{
    return std::any_of(run.readings.begin(), run.readings.end(), [layer](const auto& entry) {
        const auto* histogram = std::get_if<diagnostics::Histogram>(entry.second.get());
        return histogram != nullptr && histogram->layer == layer;
    });
}

bool isHistogram(const diagnostics::Reading& reading)
{
    return std::holds_alternative<diagnostics::Histogram>(reading);
}

/// A run that measures nothing.
RunFunction asRun(const PredictFunction& predict)
{
    return [predict](const experiment::RunSpec& spec, const experiment::Sink& sink,
                     const Execution& execution,
                     const experiment::RunOptions&) -> Result<experiment::RecordPointer> {
        sink(experiment::Started{});
        sink(experiment::Predicted{predict(spec, execution)});
        return std::make_shared<const experiment::RunRecord>();
    };
}

struct MeasuredLayers {
    std::ptrdiff_t operator()(const diagnostics::Profile& profile) const
    {
        return std::count_if(profile.values.begin(), profile.values.end(),
                             [](double value) { return !std::isnan(value); });
    }
    std::ptrdiff_t operator()(const diagnostics::Spectrum& spectrum) const
    {
        return std::ssize(spectrum.layers);
    }
    template <class Whole>
    std::ptrdiff_t operator()(const Whole&) const
    {
        return 0;
    }
};

} // namespace

Session::Session(const RunFunction& run, const PredictFunction& predict, QObject* parent)
    : QObject(parent), m_current(run), m_preview(run, {.predicts = false}),
      m_theory(asRun(predict)), m_chores(run)
{
    connectControllers();
    connectPreview();
    connectTheory();
}

void Session::connectControllers()
{
    connect(&m_current, &RunController::runStarted, this,
            [this](const experiment::RunSpec& spec, const experiment::Plan& plan) {
                m_plan = plan;
                m_runs.setSpec(ShownRun{}.id, spec);
            });
    connect(&m_current, &RunController::predictionChanged, this,
            [this](const experiment::PredictionPointer& prediction) {
                showPrediction(m_current.spec(), prediction);
            });
    connect(&m_current, &RunController::readingChanged, this,
            [this](const diagnostics::ReadingPointer& reading) {
                m_runs.setReading(ShownRun{}.id, reading);
                setActivityText(*reading, m_runs.run(RunListModel::currentRow).spec);
            });
    connect(&m_current, &RunController::ticked, this, [this] { updateActivity(m_current); });
    connect(&m_current, &RunController::runFinished, this,
            [this](const experiment::RecordPointer& record) {
                endPreview();
                m_runs.setSpec(ShownRun{}.id, record->spec);
                m_runs.setRecord(ShownRun{}.id, record);
                m_history.remember(record);
                Q_EMIT currentFinished(record);
                startNextChore();
            });
    connect(&m_current, &RunController::runFailed, this, [this](const Error& error) {
        m_refused = true;
        endPreview();
        m_theory.abandon();
        m_runs.dropEarlyPrediction(ShownRun{}.id);
        Q_EMIT problemsChanged(error);
        startNextChore();
    });

    connect(&m_chores, &RunController::predictionChanged, this,
            [this](const experiment::PredictionPointer& prediction) {
                if (m_chore->layer == wholeRun) {
                    m_runs.setPrediction(m_chore->runId, m_chores.spec(), prediction);
                }
            });
    connect(&m_chores, &RunController::readingChanged, this,
            [this](const diagnostics::ReadingPointer& reading) {
                if (m_chore->layer == wholeRun || isHistogram(*reading)) {
                    m_runs.setReading(m_chore->runId, reading);
                }
            });
    connect(&m_chores, &RunController::ticked, this, [this] { updateActivity(m_chores); });
    connect(&m_chores, &RunController::runFinished, this,
            [this](const experiment::RecordPointer& record) {
                if (m_chore->layer == wholeRun) {
                    m_runs.setRecord(m_chore->runId, record);
                }
                endChore();
            });
    connect(&m_chores, &RunController::runFailed, this, &Session::endChore);
}

void Session::connectPreview()
{
    connect(&m_preview, &RunController::readingChanged, this,
            [this](const diagnostics::ReadingPointer& reading) {
                const auto* row =
                    findRow(diagnostics::Diagnostic::table(), diagnostics::readingId(*reading));
                if (row != nullptr && !row->dependsOnSize) {
                    m_runs.setPreview(ShownRun{}.id, reading, m_previewWidth);
                }
            });
}

void Session::connectTheory()
{
    connect(&m_theory, &RunController::predictionChanged, this,
            [this](const experiment::PredictionPointer& prediction) {
                // That of the run itself has spectra, or will have them.
                if (!m_runs.hasPredictionOf(ShownRun{}.id, m_theory.spec())) {
                    showPrediction(m_theory.spec(), prediction);
                }
            });
}

// Run and theory keep their own pace while a slider is dragged: what is newest stays.
void Session::showPrediction(const experiment::RunSpec& spec,
                             const experiment::PredictionPointer& prediction)
{
    if (sameTheory(spec, m_spec) || !m_runs.hasPredictionOf(ShownRun{}.id, m_spec)) {
        m_runs.setPrediction(ShownRun{}.id, spec, prediction);
    }
}

void Session::startPreview()
{
    endPreview();
    if (const auto twin = experiment::previewOf(m_spec)) {
        m_previewWidth = static_cast<int>(twin->width);
        m_preview.start(*twin);
    }
}

void Session::endPreview()
{
    m_preview.abandon();
    m_runs.clearPreviews(ShownRun{}.id);
}

int Session::selectedLayer() const
{
    const auto depth = static_cast<int>(m_spec.depth);
    return m_selectedLayer >= 1 && m_selectedLayer <= depth ? m_selectedLayer : depth;
}

void Session::open(const teaching::Preset& preset)
{
    m_runs.showPreset(preset.runs);
    m_spec = preset.runs.front().spec;
    m_selectedLayer = static_cast<int>(m_spec.histogramLayer);
    Q_EMIT specChanged(m_spec);
    Q_EMIT layerSelected(selectedLayer());
    start();
}

void Session::setSpec(const experiment::RunSpec& spec)
{
    const int layer = selectedLayer();
    auto next = spec;
    next.histogramLayer = m_selectedLayer <= next.depth ? m_selectedLayer : 0;
    if (next == m_spec) {
        return;
    }
    m_spec = std::move(next);
    if (selectedLayer() != layer && experiment::validate(m_spec).empty()) {
        Q_EMIT layerSelected(selectedLayer());
    }
    start();
}

void Session::replaceSpec(const experiment::RunSpec& spec)
{
    setSpec(spec);
    Q_EMIT specChanged(m_spec);
    selectLayer(static_cast<int>(spec.histogramLayer));
}

void Session::start()
{
    const auto problems = experiment::validate(m_spec);
    Q_EMIT problemsChanged(problems);
    m_refused = !problems.empty();
    if (m_refused) {
        Q_EMIT historyChanged();
        if (!m_activity.running) {
            m_activity = {.text = idleText()};
            Q_EMIT activityChanged(m_activity);
        }
        return;
    }
    m_history.add(m_spec, SpecHistory::Clock::now());
    Q_EMIT historyChanged();
    startOver();
    m_activity.text = tr("Starting");
    startPreview();
    m_theory.start(m_spec);
    m_current.start(m_spec);
    updateActivity(m_current);
}

/// Forgets what was to be done for the current run.
void Session::startOver()
{
    m_rests = false;
    m_chores.abandon();
    m_chore.reset();
    std::erase_if(m_done, [](const Chore& chore) { return chore.runId == ShownRun{}.id; });
}

void Session::runAgain()
{
    start();
}

void Session::undo()
{
    if (m_history.previous(m_spec) != nullptr) {
        show(m_history.undo(m_spec));
    }
}

void Session::redo()
{
    if (m_history.next() != nullptr) {
        show(m_history.redo());
    }
}

void Session::show(const SpecHistory::Entry& entry)
{
    m_spec = entry.spec;
    m_spec.histogramLayer = m_selectedLayer <= m_spec.depth ? m_selectedLayer : 0;
    Q_EMIT specChanged(m_spec);
    Q_EMIT layerSelected(selectedLayer());
    if (entry.record == nullptr) {
        start();
        return;
    }
    Q_EMIT historyChanged();
    Q_EMIT problemsChanged({});
    m_refused = false;
    startOver();
    endPreview();
    m_theory.abandon();
    m_current.abandon();
    const auto record = entry.record;
    m_runs.setSpec(ShownRun{}.id, record->spec);
    m_runs.setRecord(ShownRun{}.id, record);
    Q_EMIT currentFinished(record);
    startNextChore();
}

void Session::stop()
{
    m_rests = true;
    endPreview();
    m_current.stop();
    m_chores.abandon();
    m_chore.reset();
    startNextChore();
}

void Session::selectLayer(int layer)
{
    if (layer < 1 || layer > m_spec.depth || layer == m_selectedLayer) {
        return;
    }
    m_rests = false;
    m_selectedLayer = layer;
    m_spec.histogramLayer = layer;
    Q_EMIT specChanged(m_spec);
    Q_EMIT layerSelected(layer);
    if (m_chore && m_chore->layer != wholeRun) {
        m_chores.abandon();
        m_chore.reset();
    }
    startNextChore();
}

void Session::addResult(const QString& name, const experiment::RecordPointer& record)
{
    m_rests = false;
    m_runs.addPinned(name, record->spec, record);
    startNextChore();
}

std::optional<Session::Chore> Session::nextChore() const
{
    for (int row = 0; row < m_runs.rowCount(); ++row) {
        const Chore chore{.runId = m_runs.run(row).id, .layer = wholeRun};
        if (m_runs.record(row) == nullptr && row != RunListModel::currentRow && !isDone(chore)) {
            return chore;
        }
    }
    const int layer = selectedLayer();
    for (int row = 0; row < m_runs.rowCount(); ++row) {
        const ShownRun& run = m_runs.run(row);
        const Chore chore{.runId = run.id, .layer = layer};
        if (run.visible && !run.readings.empty() && layer <= run.spec.depth &&
            !hasHistogramsAt(run, layer) && !isDone(chore)) {
            return chore;
        }
    }
    return std::nullopt;
}

void Session::startNextChore()
{
    if (m_current.isRunning() || m_chore) {
        return;
    }
    m_chore = m_rests ? std::nullopt : nextChore();
    if (!m_chore) {
        m_activity = {.text = idleText()};
        Q_EMIT activityChanged(m_activity);
        return;
    }
    const ShownRun& run = *m_runs.find(m_chore->runId);
    auto spec = run.spec;
    spec.histogramLayer = std::min<std::int64_t>(selectedLayer(), spec.depth);
    if (m_chore->layer == wholeRun) {
        m_activity.text = tr("Computing %1").arg(run.name);
    } else {
        // Layers do not depend on those above them.
        spec.depth = m_chore->layer;
        spec.jacobian = Choice<spectrum::Scope>(noJacobian());
        spec.trials = 1;
        m_activity.text = tr("Histograms of layer %1").arg(m_chore->layer);
    }
    m_chores.start(spec);
    updateActivity(m_chores);
}

QString Session::idleText() const
{
    if (m_refused) {
        return tr("Not run: the charts show the settings before");
    }
    return m_rests ? tr("Stopped") : tr("Ready");
}

void Session::endChore()
{
    m_done.insert(*m_chore);
    m_chore.reset();
    startNextChore();
}

void Session::setActivityText(const diagnostics::Reading& reading, const experiment::RunSpec& spec)
{
    const auto layers = std::visit(MeasuredLayers{}, reading);
    const auto* row = findRow(diagnostics::Diagnostic::table(), diagnostics::readingId(reading));
    if (row == nullptr || layers == 0) {
        return;
    }
    switch (row->needs) {
    case diagnostics::Needs::Jacobian:
        m_activity.text = tr("Jacobian: layer %1 of %2").arg(layers).arg(spec.depth);
        break;
    case diagnostics::Needs::Backward:
        m_activity.text = tr("Backward: layer %1 of %2").arg(layers).arg(spec.depth);
        break;
    default:
        m_activity.text = tr("Forward: layer %1 of %2").arg(layers).arg(spec.depth);
    }
}

void Session::updateActivity(const RunController& controller)
{
    constexpr double leastForEstimate = 0.02;
    m_activity.running = true;
    m_activity.progress = controller.progress();
    m_activity.secondsLeft = -1;
    if (m_activity.progress > leastForEstimate) {
        const double elapsed = static_cast<double>(controller.elapsedMilliseconds()) / 1000;
        m_activity.secondsLeft = elapsed * (1 / m_activity.progress - 1);
    }
    Q_EMIT activityChanged(m_activity);
}

} // namespace initlens::ui
