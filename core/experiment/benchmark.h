#pragma once

#include "core/base/execution.h"
#include "core/base/result.h"
#include "core/experiment/run_spec.h"
#include "core/spectrum/stage_benchmark.h"

#include <string>
#include <vector>

namespace initlens::experiment {

/// One canonical workload of `initlens bench`.
struct BenchmarkWorkload {
    std::string name;
    RunSpec spec;
};
std::vector<BenchmarkWorkload> benchmarkWorkloads();

/// What one round of a workload took, all of it measured in this round, in seconds and operations
/// (multiplications and additions) a second.
struct BenchmarkRound {
    double productRate = 0; ///< of a large matrix product on the same threads
    double drawSeconds = 0;
    double forwardSeconds = 0;
    double backwardSeconds = 0;
    double spectrumSeconds = 0;
    double totalSeconds = 0;
    /// Forward and backward once more with products, activations and slopes alone.
    double bareSeconds = 0;
    double passOperations = 0; ///< of the products of both passes, with those of weight gradients

    [[nodiscard]] double passSeconds() const { return forwardSeconds + backwardSeconds; }
    /// The passes' share of the rate of the large product.
    [[nodiscard]] double passShare() const { return passOperations / passSeconds() / productRate; }
    /// What all statistics add to the bare passes, as a share of those.
    [[nodiscard]] double statisticsShare() const { return passSeconds() / bareSeconds - 1; }
};

/// Runs a workload once. Fails when it does not fit in memory or was stopped.
Result<BenchmarkRound> measureRound(const BenchmarkWorkload& workload, int threads,
                                    const Execution& execution);

/// The stages of finding the singular values of one layer, and the rate of a large product in
/// double precision, measured together on all threads.
struct SpectrumRound {
    double productRate = 0;
    std::vector<spectrum::StageTime> stages;
};
/// Fails when it was stopped.
Result<SpectrumRound> measureSpectrumRound(Index width, int threads, const Execution& execution);

} // namespace initlens::experiment
