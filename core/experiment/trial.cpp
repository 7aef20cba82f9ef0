#include "core/experiment/trial.h"

#include "core/diagnostics/histogram.h"
#include "core/experiment/draw.h"
#include "core/experiment/mode_measurement.h"
#include "core/experiment/path_measurement.h"
#include "core/propagation/backward.h"
#include "core/propagation/forward.h"
#include "core/spectrum/structured_jacobian.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>

namespace initlens::experiment {

namespace {

/// Adds the time of its life to a total.
class Stopwatch {
public:
    explicit Stopwatch(double& total) : m_total(total) {}
    ~Stopwatch() { m_total += std::chrono::duration<double>(Clock::now() - m_begin).count(); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

private:
    using Clock = std::chrono::steady_clock;
    double& m_total;
    Clock::time_point m_begin = Clock::now();
};

template <class T>
std::span<const T> elementsOf(ConstMatrixView<T> matrix)
{
    return {matrix.data(), static_cast<std::size_t>(matrix.size())};
}

template <class T>
class Trial {
public:
    Trial(const RunSpec& spec, std::uint32_t trial, Collector& collector, StageProgress& progress,
          const RunOptions& options, Timing& timing, const Execution& execution)
        : m_spec(spec), m_trial(trial), m_collector(collector), m_progress(progress),
          m_options(options), m_timing(timing), m_execution(execution),
          m_source({spec, effectiveInputSize(spec), static_cast<std::uint64_t>(spec.seed), trial},
                   progress.plan().keepWeights),
          m_forward(std::in_place, m_source, drawInput<T>(spec, trial, execution),
                    progress.plan().keep, spec.input->pairs)
    {}

    void run()
    {
        const Plan& plan = m_progress.plan();
        m_progress.begin((plan.drawSeconds + plan.forwardSeconds) / m_progress.trials());
        forward();
        sendStage();
        if (stopped()) {
            return;
        }
        m_progress.begin(plan.backwardSeconds / m_progress.trials());
        backward();
        sendStage();
        if (stopped()) {
            return;
        }
        m_progress.begin(plan.spectrumSeconds / m_progress.trials());
        spectra();
    }

private:
    /// The first trial shows the end of a stage before the next one begins; after it the readings
    /// only change a little, and sending them costs more with every trial.
    void sendStage()
    {
        if (m_trial == 0) {
            m_collector.flush();
        }
    }

    [[nodiscard]] bool stopped() const { return m_execution.stopRequested(); }

    void prepare(Index first, Index last)
    {
        const Stopwatch watch(m_timing.drawSeconds);
        m_source.prepare(first, last, m_execution);
    }

    void forward()
    {
        const Index depth = m_source.depth();
        ModeMeasurement modes(m_spec);
        for (Index first = 1; first <= depth && !stopped(); first += m_source.blockLayers()) {
            const Index last = std::min(first + m_source.blockLayers() - 1, depth);
            prepare(first, last);
            const Stopwatch watch(m_timing.forwardSeconds);
            for (Index layer = first; layer <= last && !stopped(); ++layer) {
                const auto statistics = m_forward->step(layer, m_execution);
                if (stopped()) {
                    return;
                }
                m_collector.addForward(m_trial, statistics);
                modes.add(*m_forward, statistics);
                if (m_trial == 0 && layer == effectiveHistogramLayer(m_spec)) {
                    histograms(layer);
                }
                m_progress.set(static_cast<double>(layer) / static_cast<double>(depth));
            }
        }
        if (modes.isAsked() && !stopped()) {
            m_collector.addModes(m_trial, modes.found());
        }
    }

    void histograms(Index layer)
    {
        using diagnostics::Diagnostic;
        for (const Diagnostic* row : Diagnostic::table()) {
            if (row->needs != diagnostics::Needs::Histogram) {
                continue;
            }
            auto histogram = diagnostics::histogramOf(elementsFor(*row, layer), row->head.id, layer,
                                                      m_execution);
            if (stopped()) {
                return;
            }
            m_collector.addHistogram(std::move(histogram));
        }
    }

    std::span<const T> elementsFor(const diagnostics::Diagnostic& row, Index layer) const
    {
        switch (row.array) {
        case diagnostics::Array::Preactivations:
            return m_forward->preactivations();
        case diagnostics::Array::Activations:
            return elementsOf(m_forward->activations(layer));
        case diagnostics::Array::Weights:
            break;
        }
        return elementsOf(m_source.weights(layer));
    }

    /// What a step back from these layers needs of the forward pass.
    void load(Index first, Index last)
    {
        const Stopwatch watch(m_timing.forwardSeconds);
        m_forward->load(first - 1, last, m_execution);
    }

    void backward()
    {
        const Index depth = m_source.depth();
        const propagation::Keep keep = m_progress.plan().keep;
        const Index block = keep.recomputes() ? std::min(keep.together, m_source.blockLayers())
                                              : m_source.blockLayers();
        const auto cotangent = drawCotangent<T>(m_spec, m_trial, m_execution);
        propagation::BackwardPass<T> pass(m_source, *m_forward, cotangent, m_execution);
        for (Index last = depth; last >= 1 && !stopped();) {
            const Index first = (last - 1) / block * block + 1;
            load(first, last);
            prepare(first, last);
            const Stopwatch watch(m_timing.backwardSeconds);
            for (Index layer = last; layer >= first && !stopped(); --layer) {
                propagation::LayerStatistics statistics;
                statistics.layer = layer;
                pass.step(layer, statistics, m_execution);
                if (stopped()) {
                    return;
                }
                m_collector.addBackward(m_trial, statistics);
                m_progress.set(static_cast<double>(depth + 1 - layer) / static_cast<double>(depth));
            }
            last = first - 1;
        }
        if (!unmetNeed(m_spec, diagnostics::Needs::PathGradients).empty() || stopped()) {
            return;
        }
        auto gradients = pass.inputGradients(m_execution);
        if (!stopped()) {
            m_collector.addPath(
                m_trial, pathGradients(pathPositions(m_spec), *m_forward, std::move(gradients)));
        }
    }

    void spectra()
    {
        const spectrum::FactorLayers factors(m_forward->structure(), m_source.depth());
        const auto layers = spectrum::measuredLayers(m_spec.jacobian->scope, factors.count(),
                                                     factors.inFactors(m_spec.spectrumEvery));
        if (layers.empty()) {
            return;
        }
        const Stopwatch watch(m_timing.spectrumSeconds);
        std::vector<std::unique_ptr<spectrum::JacobianFactors>> jacobians;
        for (Index sample = 0; sample < m_spec.jacobianSamples; ++sample) {
            jacobians.push_back(spectrum::jacobianFactors(m_source, *m_forward, sample));
        }
        m_forward.reset(); // its memory is the singular values' now
        const auto total = static_cast<double>(layers.size() * jacobians.size());
        std::atomic<std::size_t> done{0};
        for (std::size_t sample = 0; sample < jacobians.size() && !stopped(); ++sample) {
            const std::size_t replica = m_trial * jacobians.size() + sample;
            const spectrum::SpectrumSink sink = [&](Index factor,
                                                    spectrum::LayerSpectrumPointer spectrum) {
                m_collector.addSpectrum(replica, factors.lastLayer(factor), std::move(spectrum));
                m_progress.set(static_cast<double>(++done) / total);
            };
            m_spec.spectrum->measure(*jacobians[sample],
                                     {.scope = m_spec.jacobian->scope,
                                      .layers = layers,
                                      .selected = m_options.selectedLayer},
                                     sink, m_execution);
        }
    }

    const RunSpec& m_spec;
    std::uint32_t m_trial;
    Collector& m_collector;
    StageProgress& m_progress;
    const RunOptions& m_options;
    Timing& m_timing;
    const Execution& m_execution;
    propagation::NetworkSource<T> m_source;
    std::optional<propagation::ForwardPass<T>> m_forward;
};

} // namespace

StageProgress::StageProgress(const Plan& plan, std::int64_t trials, const Execution& execution)
    : m_plan(plan), m_trials(static_cast<double>(trials)), m_execution(execution),
      m_total(plan.seconds())
{}

void StageProgress::begin(double seconds)
{
    m_done += m_stage;
    m_stage = seconds;
    set(0);
}

void StageProgress::set(double share) const
{
    m_execution.setProgress(std::min(1.0, (m_done + m_stage * share) / m_total));
}

template <class T>
void runTrial(const RunSpec& spec, std::uint32_t trial, Collector& collector,
              StageProgress& progress, const RunOptions& options, Timing& timing,
              const Execution& execution)
{
    Trial<T>(spec, trial, collector, progress, options, timing, execution).run();
}

template void runTrial<float>(const RunSpec&, std::uint32_t, Collector&, StageProgress&,
                              const RunOptions&, Timing&, const Execution&);
template void runTrial<double>(const RunSpec&, std::uint32_t, Collector&, StageProgress&,
                               const RunOptions&, Timing&, const Execution&);

} // namespace initlens::experiment
