#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

namespace initlens::spectrum {

/// What the pattern of a matrix's exact zeros says.
struct Structure {
    /// The rank that the pattern allows: the largest number of elements other than zero of which no
    /// two share a row or a column (a maximum matching). The rank of the matrix never exceeds it,
    /// and reaches it with probability one when the other elements are independent and continuously
    /// distributed.
    Index rank = 0;
    bool hasZeros = false;
};

/// Costs a visit of every element where none is zero; little more for sparse matrices. After a stop
/// request the result is undefined.
template <class T>
Structure structureOf(const Matrix<T>& matrix, const Execution& execution);

} // namespace initlens::spectrum
