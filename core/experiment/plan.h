#pragma once

#include "core/base/result.h"
#include "core/experiment/run_spec.h"
#include "core/propagation/keep.h"

namespace initlens::experiment {

/// What a run will take, known before it starts.
struct Plan {
    bool keepWeights = true; ///< false: weights are drawn again from their streams when needed
    /// What stays of the forward pass: checkpoints where all activations do not fit.
    propagation::Keep keep = propagation::Keep::ForBackward;
    double weightBytes = 0;
    double activationBytes = 0; ///< of the forward and backward passes
    double spectrumBytes = 0;
    double readingBytes = 0; ///< of what is measured
    double totalBytes = 0;   ///< at the peak
    double limitBytes = 0;   ///< what may be used
    int threads = 1;

    /// Rough estimates on this machine, of all trials together.
    double drawSeconds = 0;
    double forwardSeconds = 0;
    double backwardSeconds = 0;
    double spectrumSeconds = 0;
    [[nodiscard]] double seconds() const
    {
        return drawSeconds + forwardSeconds + backwardSeconds + spectrumSeconds;
    }
};

/// Plans a valid spec. Refuses with the size it needs and the largest depth and width that fit.
/// `memoryLimit` in bytes; 0 takes what the machine has available.
Result<Plan> makePlan(const RunSpec& spec, int threads, double memoryLimit = 0);

/// "1.5 GiB".
std::string bytesText(double bytes);

} // namespace initlens::experiment
