#pragma once

#include <cstdint>
#include <limits>

namespace initlens::propagation {

/// What the passes measure at one layer of one network, over all units and samples, summed up in
/// double precision. Profile diagnostics are functions of these. The forward pass sets the first
/// part, the backward pass the second. A logarithm of zero is -infinity; where the network has left
/// the range of its number format a value is NaN.
struct LayerStatistics {
    std::int64_t layer = 0; ///< 1 .. L

    // Forward.
    double log10PreactivationMeanSquare = 0; ///< q: mean of h^2
    double activationMean = 0;               ///< mean of x
    double log10ActivationMeanSquare = 0;    ///< mean of x^2
    double log10ActivationVariance = 0;      ///< mean of (x - mean)^2
    double deadFraction = 0;                 ///< share of units with zero slope on every sample
    double saturatedFraction = 0; ///< share of unit-sample pairs with |slope| < 5 % of the largest
    double pairCosine = std::numeric_limits<double>::quiet_NaN(); ///< mean over pairs, cosine of h

    // Backward.
    double log10GradientNorm = 0;       ///< root mean square over samples of |delta|
    double log10WeightGradientNorm = 0; ///< Frobenius norm of (1/B) sum of delta x^T
    /// Mean over pairs, cosine of delta.
    double pairGradientCosine = std::numeric_limits<double>::quiet_NaN();
};

} // namespace initlens::propagation
