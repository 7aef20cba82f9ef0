#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace initlens::spectrum {

/// A product of matrices that grows at its left, kept within the range and the size that its
/// singular values need:
///
///     product = 2^log2Scale() * values() * (orthonormal rows).
///
/// An exact power of two comes out when the elements leave a moderate range, so no depth over- or
/// underflows. When fewer rows are left than columns, the product is replaced by the triangular
/// factor of its LQ decomposition, which has the same singular values. Copies share the matrix, so
/// they are cheap. After a stop request the product is undefined.
///
/// T is float or double. A float makes zeros of very small numbers, so in single precision the rank
/// may come out lower than it is, but never higher.
template <class T>
class RunningProduct {
public:
    /// The first factor, and the rank that its weights allow; exact zeros may lower it further.
    RunningProduct(Matrix<T> first, Index rank, const Execution& execution);

    /// Multiplies by `factor` from the left. `rank` is what the factor's weights allow.
    void multiplyLeft(Matrix<T> factor, Index rank, const Execution& execution);
    /// Keeps these rows only; the caller knows that the others will not be needed.
    void keepRows(const std::vector<Index>& rows, const Execution& execution);

    /// False once an element was infinite or not a number.
    [[nodiscard]] bool isFinite() const { return m_finite; }
    [[nodiscard]] const Matrix<T>& values() const { return *m_values; }
    [[nodiscard]] double log2Scale() const { return m_log2Scale; }
    /// Upper bound of the rank, exact where nothing but exact zeros and the rank of the weights
    /// lowers it; 0 when the product is exactly zero.
    [[nodiscard]] Index rank() const { return m_rank; }
    /// Whether no structure lowers the rank of the product below its size.
    [[nodiscard]] bool hasFullRank() const
    {
        return !m_hasZeros && m_rank == std::min(values().rows(), values().cols());
    }
    /// Estimate of the rounding error of a singular value of values().
    [[nodiscard]] double error() const { return m_error; }
    /// Estimate of the rounding error of an element of values().
    [[nodiscard]] double noise() const { return m_noise * typicalElement(); }
    /// Frobenius norm of values().
    [[nodiscard]] double norm() const { return m_norm; }

private:
    /// Root mean square of the elements.
    [[nodiscard]] double typicalElement() const
    {
        return m_norm / std::sqrt(static_cast<double>(std::max<Index>(1, values().size())));
    }
    void settle(Matrix<T> values, const Execution& execution);

    std::shared_ptr<const Matrix<T>> m_values; ///< never null
    double m_log2Scale = 0;
    double m_error = 0;
    double m_noise = 0; ///< error of an element, relative to their root mean square
    double m_norm = 0;  ///< of m_values
    Index m_rank = 0;
    bool m_finite = true;
    bool m_hasZeros = false; ///< some factor had exact zeros, so the product's pattern may matter
};

} // namespace initlens::spectrum
