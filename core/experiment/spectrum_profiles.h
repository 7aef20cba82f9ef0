#pragma once

#include "core/experiment/prediction.h"
#include "core/spectrum/layer_spectrum.h"

namespace initlens::experiment {

/// The singular values that a network of this width would have if they lay at the evenly spaced
/// quantiles of the predicted distribution, (i - 1/2) / n for the i-th of n: `width` values in all,
/// exact zeros included.
spectrum::LayerSpectrum typicalSpectrum(const PredictedLayerSpectrum& predicted,
                                        std::int64_t width);

/// Predicts every profile that is read off singular values, by reading it off the typical ones of
/// the predicted layers, on a straight line between them.
void addSpectrumProfiles(Prediction& prediction, const RunSpec& spec);

} // namespace initlens::experiment
