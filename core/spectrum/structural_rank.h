#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

namespace initlens::spectrum {

/// The rank that the pattern of exact zeros allows: the largest number of elements other than zero
/// of which no two share a row or a column (a maximum matching). The rank of a matrix never exceeds
/// it, and reaches it with probability one when the other elements are independent and continuously
/// distributed. Costs a visit of every element where none is zero; little more for sparse matrices.
/// After a stop request the result is undefined.
Index structuralRank(const Matrix<double>& matrix, const Execution& execution);

} // namespace initlens::spectrum
