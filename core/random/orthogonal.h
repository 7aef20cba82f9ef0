#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"
#include "core/random/stream.h"

namespace initlens::random {

/// A matrix with orthonormal rows or columns (whichever side is shorter), uniformly distributed
/// (Haar), times `gain`. Element variance gain^2 / max(rows, columns).
///
/// Stewart (1980): the Householder vectors of the QR decomposition of a Gaussian matrix are
/// independent Gaussian vectors of decreasing length, so they are drawn directly and only Q is
/// formed, half the work of a decomposition. Column k of Q is multiplied by the sign of R_kk, as
/// the uniform distribution asks for (Mezzadri 2007). About 4/3 n^3 operations for n x n, on the
/// current workers. It is made of elements first .. first + rows x columns - 1 of the stream;
/// `first` is a multiple of blockSize. T is float or double. After a stop request the contents are
/// undefined.
template <class T>
void fillOrthogonal(const Stream& stream, double gain, MatrixView<T> out,
                    const Execution& execution, std::int64_t first = 0);

} // namespace initlens::random
