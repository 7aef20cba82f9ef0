#include "core/spectrum/running_product.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::spectrum {

namespace {

constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;

/// Divides by the power of two that brings the largest element into [1/2, 1) and returns its
/// exponent; NaN when an element is not finite, and 0 for a matrix of zeros.
double normalise(Matrix<double>& matrix)
{
    const double largest =
        matrix.size() == 0 ? 0 : matrix.cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
    if (!std::isfinite(largest)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (largest == 0) {
        return 0;
    }
    int exponent = 0;
    std::frexp(largest, &exponent);
    // In two steps: a single factor could itself leave the range of a double.
    matrix *= std::ldexp(1.0, -exponent / 2);
    matrix *= std::ldexp(1.0, -exponent + exponent / 2);
    return exponent;
}

/// Noise of this size in every element moves a singular value of a rows x columns matrix by about
/// this much (the norm of a random matrix).
double noiseNorm(double element, Index rows, Index columns)
{
    return element *
           (std::sqrt(static_cast<double>(rows)) + std::sqrt(static_cast<double>(columns)));
}

} // namespace

RunningProduct::RunningProduct(Matrix<double> first, Index rank, const Execution& execution)
    : m_values(std::move(first)), m_rank(rank)
{
    settle(execution);
}

void RunningProduct::multiplyLeft(Matrix<double> factor, Index rank, const Execution& execution)
{
    const double factorExponent = normalise(factor);
    if (!std::isfinite(factorExponent)) {
        m_finite = false;
    }
    if (!m_finite) {
        return;
    }
    Matrix<double> product(factor.rows(), m_values.cols());
    multiply(Op::None, Op::None, product.rows(), product.cols(), factor.cols(), 1.0, factor.data(),
             factor.rows(), m_values.data(), m_values.rows(), 0.0, product.data(), product.rows(),
             execution);
    // An old error is stretched like a typical direction; a new one is a rounding of every element.
    const double gain =
        factor.cols() == 0 ? 0 : factor.norm() / std::sqrt(static_cast<double>(factor.cols()));
    const double element =
        product.size() == 0 ? 0
                            : roundoff * factor.norm() * m_values.norm() /
                                  std::sqrt(static_cast<double>(product.size()) *
                                            static_cast<double>(std::max<Index>(1, factor.cols())));
    m_error = gain * m_error + noiseNorm(element * std::sqrt(static_cast<double>(factor.cols())),
                                         product.rows(), product.cols());
    m_log2Scale += factorExponent;
    m_rank = std::min(m_rank, rank);
    m_values = std::move(product);
    settle(execution);
}

void RunningProduct::keepRows(const std::vector<Index>& rows, const Execution& execution)
{
    if (static_cast<Index>(rows.size()) == m_values.rows()) {
        return;
    }
    m_values = m_values(rows, Eigen::all).eval();
    m_rank = std::min(m_rank, m_values.rows());
    settle(execution);
}

void RunningProduct::settle(const Execution& execution)
{
    if (execution.stopRequested()) {
        return;
    }
    const double exponent = normalise(m_values);
    if (!std::isfinite(exponent)) {
        m_finite = false;
        return;
    }
    m_log2Scale += exponent;
    m_error *= std::exp2(-exponent);
    m_rank = std::min({m_rank, m_values.rows(), m_values.cols()});
    if (m_values.size() == 0 || m_values.cwiseAbs().maxCoeff() == 0) {
        m_rank = 0;
    }
    compress(execution);
}

void RunningProduct::compress(const Execution& execution)
{
    // A decomposition pays for itself when it saves a tenth of all products to come.
    constexpr double worthwhile = 0.9;
    const Index rows = m_values.rows();
    const Index columns = m_values.cols();
    if (rows == 0 || static_cast<double>(rows) > worthwhile * static_cast<double>(columns)) {
        return;
    }
    // L of M = L Q is the transpose of R of M^T = Q^T R.
    const auto transposed = std::make_shared<Matrix<double>>(m_values.transpose());
    const bool done = runAbandonable(
        [transposed] {
            std::vector<double> tau(static_cast<std::size_t>(transposed->cols()));
            qr(transposed->rows(), transposed->cols(), transposed->data(), transposed->rows(),
               tau.data());
        },
        execution);
    if (!done) {
        return;
    }
    m_values = Matrix<double>::Zero(rows, rows);
    m_values.triangularView<Eigen::Lower>() =
        transposed->topRows(rows).transpose().triangularView<Eigen::Lower>();
    m_error += noiseNorm(roundoff * m_values.norm() / static_cast<double>(rows), rows, rows);
}

} // namespace initlens::spectrum
