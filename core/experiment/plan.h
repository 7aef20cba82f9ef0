#pragma once

#include "core/base/result.h"
#include "core/experiment/run_spec.h"

namespace initlens::experiment {

/// What a run will take, known before it starts.
struct Plan {
    bool keepWeights = true; ///< false: weights are drawn again from their streams when needed
    double weightBytes = 0;
    double activationBytes = 0;
    double spectrumBytes = 0;
    double totalBytes = 0; ///< at the peak
    double limitBytes = 0; ///< what may be used
    double seconds = 0;    ///< a rough estimate on this machine
    int threads = 1;
};

/// Plans a valid spec. Refuses with the size it needs and the largest depth and width that fit.
/// `memoryLimit` in bytes; 0 takes what the machine has available.
Result<Plan> makePlan(const RunSpec& spec, int threads, double memoryLimit = 0);

/// Bytes that this process may still allocate: the machine's available memory, or less where the
/// process is confined, with a reserve for everything else.
double availableMemory();

/// "1.5 GiB".
std::string bytesText(double bytes);

} // namespace initlens::experiment
