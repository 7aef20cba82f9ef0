#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

#include <vector>

namespace initlens::spectrum {

/// Up to this condition number the Gram matrix of n columns keeps every singular value to the
/// relative error `tolerance`: squaring turns a rounding of the largest eigenvalue, epsilon
/// sqrt(n), into half of it times the square of the condition number. Half the tolerance is left to
/// others.
double largestGramCondition(Index columns, double tolerance);

/// The eigenvalues, ascending, of A^T A, formed and reduced to tridiagonal form in the precision T;
/// the last step is in double precision, to `resolution` times the largest eigenvalue
/// (tridiagonal_values.h). Empty after a stop request.
template <class T>
std::vector<double> gramEigenvalues(const Matrix<T>& matrix, double resolution,
                                    const Execution& execution);

/// All singular values of a dense matrix, descending, min(rows, columns) of them.
///
/// The eigenvalues of the Gram matrix where the condition number allows it (largestGramCondition),
/// else bidiagonalisation (Golub and Kahan 1965), whose absolute error is a few units of rounding
/// of the largest value. `expectedCondition` says which to try first; the answer does not depend on
/// it beyond those errors. Elements must be finite and of moderate size.
///
/// Runs on the current workers and sees a stop request within tens of milliseconds; then, and where
/// an iteration does not converge, the result is empty.
std::vector<double> singularValues(const Matrix<double>& matrix, double tolerance,
                                   double expectedCondition, const Execution& execution);

} // namespace initlens::spectrum
