#pragma once

#include "core/experiment/collector.h"
#include "core/experiment/plan.h"

namespace initlens::experiment {

/// Turns the progress of the stages into the progress of the whole, by the plan's estimates.
class StageProgress {
public:
    StageProgress(const Plan& plan, std::int64_t trials, const Execution& execution);

    /// A stage that is expected to take `seconds` begins; the one before is done.
    void begin(double seconds);
    /// The present stage is done to this share, 0 to 1. Any thread.
    void set(double share) const;

    [[nodiscard]] const Plan& plan() const { return m_plan; }
    [[nodiscard]] double trials() const { return m_trials; }

private:
    const Plan& m_plan;
    double m_trials;
    const Execution& m_execution;
    double m_total;
    double m_done = 0;
    double m_stage = 0;
};

/// Draws and measures one network: forward pass, backward pass, the singular values and, in trial
/// 0, the histograms. Returns early once a stop is requested. T is float or double.
template <class T>
void runTrial(const RunSpec& spec, std::uint32_t trial, Collector& collector,
              StageProgress& progress, const RunOptions& options, Timing& timing,
              const Execution& execution);

} // namespace initlens::experiment
