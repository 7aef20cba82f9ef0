#pragma once

#include "core/theory/layer_prediction.h"

namespace initlens::theory {

/// predictLayers for networks with skip connections or normalisation, at infinite width and with
/// branches whose weights are independent of what they read (Yang and Schoenholz 2017).
///
/// Around one layer (skip s, branch b), with p = E[x^2] and m = E[x]:
///     q = sigma_w^2 p + sigma_b^2,   p' = s^2 p + b^2 E_q[phi^2] + 2 s b m E_q[phi],
///     E|dx|^2 one layer back: times s^2 + b^2 sigma_w^2 E_q[phi'^2].
/// Around two layers the sum is that of pre-activations: q'' = s^2 q + b^2 (sigma_w^2 E_q'[phi^2] +
/// sigma_b^2), and squared gradients add up likewise.
///
/// Layer normalisation puts q / (q + 1e-5) in place of q in every expectation and divides squared
/// gradients by q + 1e-5. Batch normalisation divides by the variance over the batch, which is what
/// two samples do not share (Yang, Pennington, Rao, Sohl-Dickstein and Schoenholz 2019): for a
/// large batch of unrelated samples and ReLU squared gradients grow by pi / (pi - 1). Over a batch
/// of B its derivative takes a B-th of what samples have in common off their gradients, and the
/// mean of one over a unit's variance is that of B - 1 degrees of freedom.
std::vector<LayerPrediction> predictBranched(const NetworkLaw& law, const InputLaw& input,
                                             const Execution& execution);

} // namespace initlens::theory
