#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

#include <vector>

namespace initlens::spectrum {

/// Up to this condition number the Gram matrix may be used.
inline constexpr double largestGramCondition = 1e3;

/// All singular values of a dense matrix, descending, min(rows, columns) of them.
///
/// The eigenvalues of the Gram matrix where the condition number allows it (below 1e3 their
/// relative error stays near 1e-11), else bidiagonalisation (Golub and Kahan 1965), whose absolute
/// error is a few units of rounding of the largest value. `expectedCondition` says which to try
/// first, for example the condition number of the layer before; the answer does not depend on it
/// beyond those errors. Elements must be finite and of moderate size (largest near one).
///
/// Runs on the current workers and sees a stop request within tens of milliseconds; then, and where
/// an iteration does not converge, the result is empty.
std::vector<double> singularValues(Matrix<double> matrix, double expectedCondition,
                                   const Execution& execution);

} // namespace initlens::spectrum
