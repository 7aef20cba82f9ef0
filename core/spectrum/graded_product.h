#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"
#include "core/spectrum/running_product.h"

#include <memory>
#include <vector>

namespace initlens::spectrum {

/// diag(exp(logScale)) * upper^T: a lower triangular matrix with rows of length one, each with a
/// scale of its own. Its singular values may spread over any number of decades.
struct GradedFactor {
    std::vector<double> logScale; ///< natural logarithms, descending
    Matrix<double> upper;         ///< upper triangular, columns of length one
    double error = 0;             ///< relative error that its singular values bring with them
};

/// A product of matrices of full rank that grows at its left and keeps every singular value to
/// nearly full relative precision, at any depth:
///
///     product = basis * diag(exp(logScale)) * upper^T * (orthonormal rows).
///
/// The basis has orthonormal columns. A new factor times the basis is decomposed into Q R, so R
/// meets scales that descend from left to right and mixes a small direction into a large one never
/// the other way round (the discrete QR method for Lyapunov exponents; Dieci and Van Vleck 1995).
/// What R leaves is made triangular from the other side, which drives the second factor towards
/// the identity (Stewart 1997, section 3). Copies share the matrices, so they are cheap. After a
/// stop request the product is undefined.
class GradedProduct {
public:
    /// The first factor.
    GradedProduct(Matrix<double> first, const Execution& execution);
    /// Goes on from a product whose singular values still have this relative error.
    GradedProduct(const RunningProduct<double>& product, double relativeError,
                  const Execution& execution);

    void multiplyLeft(const Matrix<double>& factor, const Execution& execution);
    /// Keeps these rows, each multiplied by its scale (one a row).
    void selectRows(const std::vector<Index>& rows, const Vector<double>& scales,
                    const Execution& execution);

    /// False once an element was infinite or not a number.
    [[nodiscard]] bool isFinite() const { return m_finite; }
    [[nodiscard]] Index rank() const { return m_factor->upper.cols(); }
    [[nodiscard]] const std::shared_ptr<const GradedFactor>& factor() const { return m_factor; }

private:
    /// Replaces basis by the decomposition of `left`, and `factor` by what follows from it.
    void absorb(Matrix<double> left, const GradedFactor& factor, const Execution& execution);

    // Never null.
    std::shared_ptr<const Matrix<double>> m_basis;
    std::shared_ptr<const GradedFactor> m_factor;
    bool m_finite = true;
};

/// The same matrix, up to orthogonal factors, with its two sides exchanged: one step towards a
/// diagonal matrix.
GradedFactor exchangeSides(const GradedFactor& factor, const Execution& execution);

} // namespace initlens::spectrum
