#include "tests/ui/window/fake_run.h"

#include "core/diagnostics/diagnostic.h"
#include "core/experiment/prediction.h"

#include <QTest>

#include <algorithm>

namespace initlens::ui::test {

namespace {

diagnostics::ReadingPointer syntheticHistogram(const std::string& id, int layer)
{
    diagnostics::Histogram histogram;
    histogram.id = id;
    histogram.layer = layer;
    for (int i = 0; i <= 40; ++i) {
        histogram.edges.push_back(-2 + 0.1 * i);
    }
    for (int i = 0; i < 40; ++i) {
        histogram.counts.push_back(i < 20 ? i : 40 - i);
    }
    return std::make_shared<diagnostics::Reading>(std::move(histogram));
}

diagnostics::ReadingPointer syntheticSpectrum(const std::string& id,
                                              const experiment::RunSpec& spec)
{
    diagnostics::Spectrum spectrum;
    spectrum.id = id;
    spectrum.scope = spec.jacobian.id();
    for (int layer = 1; layer <= static_cast<int>(spec.depth); ++layer) {
        diagnostics::LayerSpectrum values;
        for (int i = 0; i < 16; ++i) {
            values.log10Values.push_back(0.5 - 0.02 * layer * i);
        }
        // 16 values and zeros make up the smaller side of the Jacobian.
        values.exactZeros = std::max<std::int64_t>(0, spec.width - 16);
        values.log10Resolution = -300;
        spectrum.layers.push_back(layer);
        spectrum.spectra.push_back(
            std::make_shared<const diagnostics::LayerSpectrum>(std::move(values)));
    }
    return std::make_shared<diagnostics::Reading>(std::move(spectrum));
}

} // namespace

diagnostics::ReadingPointer syntheticProfile(const std::string& id, int layers, double slope)
{
    diagnostics::Profile profile;
    profile.id = id;
    const auto* row = findRow(diagnostics::Diagnostic::table(), id);
    profile.scale = row == nullptr ? diagnostics::Scale::Linear : row->scale;
    if (row != nullptr && row->needs == diagnostics::Needs::Jacobian) {
        profile.scope = "from_input";
    }
    for (int layer = 1; layer <= layers; ++layer) {
        profile.layers.push_back(layer);
        profile.values.push_back(slope * 0.1 * layer);
    }
    return std::make_shared<diagnostics::Reading>(std::move(profile));
}

std::vector<diagnostics::ReadingPointer> syntheticReadings(const experiment::RunSpec& spec)
{
    std::vector<diagnostics::ReadingPointer> readings;
    const int depth = static_cast<int>(spec.depth);
    const int layer = spec.histogramLayer == 0 ? depth : static_cast<int>(spec.histogramLayer);
    for (const auto* row : diagnostics::Diagnostic::table()) {
        const std::string id(row->head.id);
        switch (row->reading) {
        case diagnostics::Kind::Profile:
            if (row->needs != diagnostics::Needs::Jacobian ||
                spec.jacobian->scope != spectrum::Scope::Kind::None) {
                readings.push_back(syntheticProfile(id, depth));
            }
            break;
        case diagnostics::Kind::Histogram:
            readings.push_back(syntheticHistogram(id, layer));
            break;
        case diagnostics::Kind::Curve:
        case diagnostics::Kind::Field:
            break; // of special inputs and architectures only
        case diagnostics::Kind::Spectrum:
            if (spec.jacobian->scope != spectrum::Scope::Kind::None) {
                readings.push_back(syntheticSpectrum(id, spec));
            }
        }
    }
    return readings;
}

experiment::PredictionPointer syntheticPrediction(const experiment::RunSpec& spec)
{
    auto prediction = std::make_shared<experiment::Prediction>();
    for (const auto* row : diagnostics::Diagnostic::table()) {
        if (row->predict != nullptr) {
            auto& profile = prediction->profiles[std::string(row->head.id)];
            for (int layer = 1; layer <= static_cast<int>(spec.depth); ++layer) {
                profile.values.push_back(-0.1 * layer);
            }
        }
    }
    return prediction;
}

experiment::PredictionPointer predictionOf(const experiment::RunSpec& spec,
                                           const Execution& /*execution*/)
{
    return syntheticPrediction(spec);
}

experiment::RecordPointer syntheticRecord(const experiment::RunSpec& spec,
                                          experiment::Outcome outcome)
{
    experiment::RunRecord record;
    record.version = "test";
    record.spec = spec;
    record.outcome = outcome;
    record.timing.totalSeconds = 0.25;
    record.timing.threads = 2;
    record.prediction = syntheticPrediction(spec);
    record.readings = syntheticReadings(spec);
    return std::make_shared<const experiment::RunRecord>(std::move(record));
}

RunFunction FakeRun::function() const
{
    return [state = m_state](const experiment::RunSpec& spec, const experiment::Sink& sink,
                             const Execution& execution, const experiment::RunOptions& options) {
        return run(*state, spec, sink, execution, options);
    };
}

Result<experiment::RecordPointer> FakeRun::run(State& state, const experiment::RunSpec& spec,
                                               const experiment::Sink& sink,
                                               const Execution& execution,
                                               const experiment::RunOptions& options)
{
    {
        const std::lock_guard lock(state.mutex);
        state.specs.push_back(spec);
        state.predicted += options.predicts ? 1 : 0;
        if (!state.error.empty()) {
            return state.error;
        }
    }
    sink(experiment::Started{});
    auto record = *syntheticRecord(spec);
    if (options.predicts) {
        sink(experiment::Predicted{record.prediction});
    } else {
        record.prediction.reset();
    }
    for (const auto& reading : record.readings) {
        sink(experiment::Updated{reading});
    }
    execution.setProgress(0.5);
    std::unique_lock lock(state.mutex);
    while (state.held && !execution.stopRequested()) {
        state.changed.wait_for(lock, std::chrono::milliseconds(1));
    }
    record.events = state.events;
    if (execution.stopRequested()) {
        ++state.stopped;
        record.outcome = experiment::Outcome::Cancelled;
    }
    return std::make_shared<const experiment::RunRecord>(std::move(record));
}

void FakeRun::hold()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->held = true;
}

void FakeRun::release()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->held = false;
    }
    m_state->changed.notify_all();
}

void FakeRun::failWith(Error error)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->error = std::move(error);
}

void FakeRun::addEvent(std::string event)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->events.push_back(std::move(event));
}

std::vector<experiment::RunSpec> FakeRun::specs() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->specs;
}

int FakeRun::predicted() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->predicted;
}

int FakeRun::stopped() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->stopped;
}

bool eventually(const std::function<bool()>& condition)
{
    constexpr int longTime = 20'000;
    return QTest::qWaitFor(condition, longTime);
}

} // namespace initlens::ui::test
