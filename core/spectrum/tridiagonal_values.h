#pragma once

#include "core/base/execution.h"

#include <vector>

namespace initlens::spectrum {

/// The eigenvalues, ascending, of a symmetric tridiagonal matrix with this diagonal and, in the
/// first size - 1 elements of `offDiagonal`, this sub-diagonal.
///
/// Bisection with Sturm counts (Givens 1954; Barth, Martin and Wilkinson 1967), many eigenvalues at
/// a time in the lanes of vector registers. The absolute error is `resolution` times the largest
/// eigenvalue, or a few units of rounding of it if that is more. Elements must be finite. Runs on
/// the current workers; empty after a stop request.
std::vector<double> tridiagonalEigenvalues(const std::vector<double>& diagonal,
                                           const std::vector<double>& offDiagonal,
                                           const Execution& execution, double resolution = 0);

} // namespace initlens::spectrum
