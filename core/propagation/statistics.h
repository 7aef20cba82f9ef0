#pragma once

#include <cstdint>

namespace initlens::propagation {

/// What the passes sum up at one layer of one network, in double precision, over all units and
/// samples. Profile diagnostics are functions of these. Forward members are set by the forward
/// pass, the gradient members by the backward pass.
struct LayerStatistics {
    std::int64_t layer = 0; ///< 1 .. L

    // Forward.
    double preactivationMeanSquare = 0; ///< q: mean of h^2
    double activationMean = 0;          ///< mean of x
    double activationMeanSquare = 0;    ///< mean of x^2
    double activationVariance = 0;      ///< mean of (x - mean)^2
    double log10PreactivationMeanSquare = 0;
    double log10ActivationMeanSquare = 0;
    double log10ActivationVariance = 0;
    double deadFraction = 0;      ///< units with zero slope on every sample
    double saturatedFraction = 0; ///< unit-sample pairs with |slope| < 5 % of the largest slope
    double pairCosine = 0;        ///< mean over pairs of the cosine of h

    // Backward.
    double log10GradientNorm = 0;       ///< root mean square over samples of |delta|
    double log10WeightGradientNorm = 0; ///< Frobenius norm of (1/B) sum of delta x^T
};

} // namespace initlens::propagation
