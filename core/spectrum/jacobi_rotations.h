#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

#include <vector>

namespace initlens::spectrum {

/// Singular values, descending, of a square matrix by one-sided Jacobi rotations of its columns
/// (Demmel and Veselic 1992): the relative error of each is that of a matrix with columns of length
/// one, however the columns are scaled. Much slower than bidiagonalisation. The squares of the
/// columns' lengths must be within the range of a double. Empty after a stop request and where the
/// sweeps do not converge.
std::vector<double> valuesByRotations(Matrix<double> matrix, const Execution& execution);

} // namespace initlens::spectrum
