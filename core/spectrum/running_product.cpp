#include "core/spectrum/running_product.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/spectrum/structural_rank.h"
#include "core/spectrum/triangular_factor.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::spectrum {

namespace {

constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;

/// Calls body(first column, number of columns) for stretches of columns, in parallel.
template <class Body>
std::size_t forEachStretch(const Matrix<double>& matrix, const Execution& execution,
                           const Body& body)
{
    constexpr Index elements = Index{1} << 16;
    const Index stretch = std::max<Index>(1, elements / std::max<Index>(1, matrix.rows()));
    const auto count = static_cast<std::size_t>((matrix.cols() + stretch - 1) / stretch);
    parallelFor(count, execution, [&](std::size_t i) {
        const Index first = static_cast<Index>(i) * stretch;
        body(i, first, std::min(stretch, matrix.cols() - first));
    });
    return count;
}

struct Size {
    double largest = 0; ///< of the absolute values; NaN when an element is not finite
    double norm = 0;    ///< Frobenius
};

Size sizeOf(const Matrix<double>& matrix, const Execution& execution)
{
    std::vector<Size> parts(static_cast<std::size_t>(std::max<Index>(1, matrix.cols())));
    const std::size_t count =
        forEachStretch(matrix, execution, [&](std::size_t i, Index first, Index columns) {
            const auto part = matrix.middleCols(first, columns);
            parts[i] = {part.size() == 0 ? 0 : part.cwiseAbs().maxCoeff<Eigen::PropagateNaN>(),
                        part.squaredNorm()};
        });
    Size size;
    double squares = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double largest = parts[i].largest;
        size.largest = std::isfinite(largest) ? std::max(size.largest, largest)
                                              : std::numeric_limits<double>::quiet_NaN();
        if (!std::isfinite(largest)) {
            return size;
        }
        squares += parts[i].norm;
    }
    size.norm = std::sqrt(squares);
    return size;
}

/// Divides by the power of two that brings the largest element into [1/2, 1), says the size
/// afterwards and returns the exponent; NaN when an element is not finite, and 0 for a matrix of
/// zeros.
double normalise(Matrix<double>& matrix, Size& size, const Execution& execution)
{
    size = sizeOf(matrix, execution);
    if (!std::isfinite(size.largest)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (size.largest == 0) {
        return 0;
    }
    int exponent = 0;
    std::frexp(size.largest, &exponent);
    if (exponent == 0) {
        return 0;
    }
    // In two steps: a single factor could itself leave the range of a double.
    const double half = std::ldexp(1.0, -exponent / 2);
    const double rest = std::ldexp(1.0, -exponent + exponent / 2);
    forEachStretch(matrix, execution, [&](std::size_t /*i*/, Index first, Index columns) {
        auto part = matrix.middleCols(first, columns);
        part *= half;
        part *= rest;
    });
    size = sizeOf(matrix, execution);
    return exponent;
}

/// Noise of this size in every element moves a singular value of a rows x columns matrix by about
/// this much (the norm of a random matrix).
double noiseNorm(double element, Index rows, Index columns)
{
    // Twice the limit law: what leaves out constants must err on the safe side.
    return 2 * element *
           (std::sqrt(static_cast<double>(rows)) + std::sqrt(static_cast<double>(columns)));
}

} // namespace

RunningProduct::RunningProduct(Matrix<double> first, Index rank, const Execution& execution)
    : m_values(std::move(first))
{
    const Structure structure = structureOf(m_values, execution);
    m_rank = std::min(rank, structure.rank);
    m_hasZeros = structure.hasZeros;
    settle(execution);
}

void RunningProduct::multiplyLeft(Matrix<double> factor, Index rank, const Execution& execution)
{
    Size size;
    const double factorExponent = normalise(factor, size, execution);
    if (!std::isfinite(factorExponent)) {
        m_finite = false;
    }
    if (!m_finite) {
        return;
    }
    const Structure structure = structureOf(factor, execution);
    m_hasZeros = m_hasZeros || structure.hasZeros;
    Matrix<double> product(factor.rows(), m_values.cols());
    multiply(Op::None, Op::None, product.rows(), product.cols(), factor.cols(), 1.0, factor.data(),
             factor.rows(), m_values.data(), m_values.rows(), 0.0, product.data(), product.rows(),
             execution);
    // An old error is stretched like a typical direction, or like the product itself, which grows
    // along the directions that stretch most; a new one is a rounding of every element. Errors of
    // layers are independent, so their squares add (Higham and Mary 2019).
    const auto inner = static_cast<double>(std::max<Index>(1, factor.cols()));
    const double growth = m_norm > 0 ? sizeOf(product, execution).norm / m_norm : 1;
    const double gain = std::max(growth, size.norm / std::sqrt(inner));
    const double element = product.size() == 0 ? 0
                                               : roundoff * size.norm * m_norm /
                                                     std::sqrt(static_cast<double>(product.size()));
    m_error = std::hypot(gain * m_error, noiseNorm(element, product.rows(), product.cols()));
    m_log2Scale += factorExponent;
    m_rank = std::min({m_rank, rank, structure.rank});
    m_values = std::move(product);
    if (m_hasZeros) {
        // Two patterns can meet in fewer places than the rank of either.
        m_rank = std::min(m_rank, structureOf(m_values, execution).rank);
    }
    settle(execution);
}

void RunningProduct::keepRows(const std::vector<Index>& rows, const Execution& execution)
{
    if (static_cast<Index>(rows.size()) == m_values.rows()) {
        return;
    }
    m_values = m_values(rows, Eigen::all).eval();
    if (m_hasZeros) {
        m_rank = std::min(m_rank, structureOf(m_values, execution).rank);
    }
    settle(execution);
}

void RunningProduct::settle(const Execution& execution)
{
    if (execution.stopRequested()) {
        return;
    }
    Size size;
    const double exponent = normalise(m_values, size, execution);
    if (!std::isfinite(exponent)) {
        m_finite = false;
        return;
    }
    m_norm = size.norm;
    m_log2Scale += exponent;
    m_error *= std::exp2(-exponent);
    m_rank = std::min({m_rank, m_values.rows(), m_values.cols()});
    if (size.largest == 0) {
        m_rank = 0;
    }
    compress(execution);
}

void RunningProduct::compress(const Execution& execution)
{
    const Index rows = m_values.rows();
    const Index columns = m_values.cols();
    // Always, though a decomposition pays for itself only where many columns go: afterwards the
    // size tells the rank, and a smaller size is rare after the first layers.
    if (rows == 0 || rows >= columns) {
        return;
    }
    // L of M = L Q is the transpose of R of M^T = Q^T R.
    Matrix<double> triangle = triangularFactor(m_values.transpose(), execution);
    if (execution.stopRequested()) {
        return;
    }
    m_values = triangle.transpose();
    m_error =
        std::hypot(m_error, noiseNorm(roundoff * m_norm / static_cast<double>(rows), rows, rows));
}

} // namespace initlens::spectrum
