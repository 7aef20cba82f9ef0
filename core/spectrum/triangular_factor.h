#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

namespace initlens::spectrum {

/// The upper triangular R (n x n) of the QR decomposition of an m x n matrix, m >= n: R has the
/// singular values of the matrix. Householder, panel by panel, the rest of the columns in tiles on
/// the current workers, so a stop request is seen within tens of milliseconds; then R is undefined.
Matrix<double> triangularFactor(Matrix<double> matrix, const Execution& execution);

} // namespace initlens::spectrum
