#pragma once

#include "core/spectrum/graded_product.h"

namespace initlens::spectrum {

/// Natural logarithms of singular values, descending, each with a bound of its error.
struct BoundedLogs {
    std::vector<double> logs;
    std::vector<double> bounds;
};

/// All singular values of a graded factor, as many as its rank.
///
/// The sides are exchanged until the factor is close to diagonal where its scales are far apart.
/// Then the values are found in overlapping windows along the diagonal, each narrow enough for a
/// dense decomposition in double precision; what a window leaves out moves a value by the square of
/// the gap (Li and Li 2005), which the bound counts together with the rounding of the window and
/// the error that the factor brings with it. Where the bound is above `tolerance`, the sides are
/// exchanged again, and windows whose small values are lost are decomposed by rotations. Above
/// order 64 that would take too long, and a tolerance near 1e-7 is kept instead. The share of
/// rounding is a first-order estimate, not a proof.
///
/// Empty after a stop request and where an iteration does not converge.
BoundedLogs gradedSingularValues(const GradedFactor& factor, double tolerance,
                                 const Execution& execution);

} // namespace initlens::spectrum
