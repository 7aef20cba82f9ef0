#pragma once

#include "core/base/execution.h"
#include "core/spectrum/graded_product.h"
#include "core/spectrum/layer_spectrum.h"
#include "core/spectrum/running_product.h"

namespace initlens::spectrum {

/// The error of a log10 singular value that is good enough to be shown without refinement.
inline constexpr double goodBound = 1e-9;
/// The same for Jacobians of a higher rank, where a layer of the recursion costs a hundred times as
/// much.
inline constexpr double goodBoundOfWide = 1e-7;
inline constexpr Index largestExactRank = 256;

/// goodBound or goodBoundOfWide.
double goodBoundOf(Index rank);

/// Largest value over the smallest of the first `rank`; 1 where there is none.
double conditionOf(const std::vector<double>& values, Index rank);
/// A relative error as an error of log10; infinity where a value may be all error.
double log10Bound(double relative);

/// The singular values of one layer, with what decides how to go on from there.
struct LayerMeasurement {
    /// Null where an element is not finite or an iteration does not converge.
    LayerSpectrumPointer spectrum;
    /// Every bound is below goodBoundOf(rank). True as well where there is nothing to refine.
    bool good = true;
    double condition = 1; ///< largest over smallest value that is not zero
    /// Relative error that the smallest value has because of the product.
    double relativeError = 0;
};

/// The singular values of a plain product. `smallerSide` is min(rows, columns) of the whole
/// Jacobian; `expectedCondition` says which method to try first (singular_values.h). After a stop
/// request the result is undefined.
LayerMeasurement measurePlain(const RunningProduct<double>& product, Index smallerSide,
                              double expectedCondition, const Execution& execution);

/// The same for a graded product; always good.
LayerMeasurement measureGraded(const GradedFactor& factor, Index smallerSide,
                               const Execution& execution);

} // namespace initlens::spectrum
