#pragma once

#include "core/theory/activation_function.h"

namespace initlens::theory {

/// sigma_w^2 = fan-in x Var(W) that keeps something from layer to layer at pre-activations of
/// variance 1, without biases.
struct WeightScale {
    double forward = 0;  ///< 1 / E_1[phi^2]: the second moment of the pre-activations
    double backward = 0; ///< 1 / E_1[phi'^2]: the gradients, with fan-out in place of fan-in
};

/// The squares of the gains that frameworks tabulate, for any activation (He et al. 2015, equations
/// 10 and 14). Infinite where an expectation vanishes.
WeightScale weightScale(const ActivationFunction& phi);

/// Standard deviation of the weights of a layer for a gain^2, and the limit of a uniform law of the
/// same variance.
struct LayerWeights {
    double deviation = 0;
    double uniformLimit = 0;
};
LayerWeights forwardWeights(const WeightScale& scale, double fanIn);
LayerWeights backwardWeights(const WeightScale& scale, double fanOut);
/// Between the two: Var(W) = 2 / (fan_in / forward + fan_out / backward), which is Glorot and
/// Bengio 2010, equation 12, for the identity.
LayerWeights compromiseWeights(const WeightScale& scale, double fanIn, double fanOut);

} // namespace initlens::theory
