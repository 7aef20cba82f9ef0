#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

#include <vector>

namespace initlens::spectrum {

/// The QR decomposition of a matrix of any shape, by Householder reflections: panel by panel, the
/// rest of the columns in tiles on the current workers, so a stop request is seen within tens of
/// milliseconds; then the results are undefined. With k = min(rows, columns):
template <class T>
class QrDecomposition {
public:
    QrDecomposition(Matrix<T> matrix, const Execution& execution);

    /// R, upper triangular (k x columns).
    [[nodiscard]] Matrix<T> triangle() const;
    /// Q, orthonormal columns (rows x k).
    [[nodiscard]] Matrix<T> orthonormal(const Execution& execution) const;

private:
    Matrix<T> m_vectors;
    std::vector<T> m_tau;
};

/// R of the QR decomposition of an m x n matrix, m >= n: it has the singular values of the matrix.
template <class T>
Matrix<T> triangularFactor(Matrix<T> matrix, const Execution& execution);

} // namespace initlens::spectrum
