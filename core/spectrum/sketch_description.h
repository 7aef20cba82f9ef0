#pragma once

#include "core/spectrum/layer_spectrum.h"
#include "core/spectrum/ritz_distribution.h"

namespace initlens::spectrum {

/// What a sketch says of a layer. `full` uses all steps, `half` the first half of them: their
/// difference is the error of the histogram.
LayerSpectrumPointer describe(const RitzDistribution& full, const RitzDistribution& half,
                              const LayerProduct& product, Index space);
/// The same for a product whose singular values are all zero.
LayerSpectrumPointer describeZero(const LayerProduct& product);

} // namespace initlens::spectrum
