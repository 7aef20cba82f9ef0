#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

#include <vector>

namespace initlens::spectrum {

/// The QR decomposition of a matrix of any shape, by Householder reflections: panel by panel, the
/// rest of the columns in tiles on the current workers, so a stop request is seen within tens of
/// milliseconds; then the results are undefined. With k = min(rows, columns):
class QrDecomposition {
public:
    QrDecomposition(Matrix<double> matrix, const Execution& execution);

    /// R, upper triangular (k x columns).
    [[nodiscard]] Matrix<double> triangle() const;
    /// Q, orthonormal columns (rows x k).
    [[nodiscard]] Matrix<double> orthonormal(const Execution& execution) const;

private:
    Matrix<double> m_vectors;
    std::vector<double> m_tau;
};

/// R of the QR decomposition of an m x n matrix, m >= n: it has the singular values of the matrix.
Matrix<double> triangularFactor(Matrix<double> matrix, const Execution& execution);

} // namespace initlens::spectrum
