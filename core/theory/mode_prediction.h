#pragma once

#include "core/theory/layer_prediction.h"

#include <vector>

namespace initlens::theory {

/// Factors per layer of the waves of k = 1 .. side / 2 periods over an image (the positions of
/// diagnostics::SpatialModes), the mean over layers 1 .. L - 1; empty where theory has none.
struct ModePrediction {
    std::vector<double> variance;
    std::vector<double> correlation; ///< empty without pairs
};

/// lambda_theta = slope * sum_b v_b cos(theta b), v_b the share of the weights' variance at tap b
/// (Xiao et al. 2018, section 2.3): the slope of the length map for the variance, that of the
/// correlation map for the correlation of two inputs. Of a circular convolution; `layers` as
/// predictLayers gives them.
ModePrediction predictModes(const NetworkLaw& law, const std::vector<LayerPrediction>& layers);

/// sum_b v_b cos(theta b) of one axis for the wave of k periods.
double kernelFactor(const network::Geometry& geometry, TapShares shares, Index wave);

} // namespace initlens::theory
