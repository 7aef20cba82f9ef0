#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace initlens::spectrum {

/// Singular values of the Jacobian at one layer.
struct LayerSpectrum {
    std::vector<double> log10Values; ///< descending, without the exact zeros
    std::int64_t exactZeros = 0;     ///< singular values that are zero by structure (dead gates)
    /// log10 of the estimated rounding error of a value of this layer. Values below it are rounding
    /// noise and must be shown as such. -infinity when unknown errors are negligible.
    double log10Resolution = 0;
};
using LayerSpectrumPointer = std::shared_ptr<const LayerSpectrum>;

} // namespace initlens::spectrum
