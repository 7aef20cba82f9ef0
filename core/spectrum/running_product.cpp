#include "core/spectrum/running_product.h"

#include "core/base/buffer.h"
#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/spectrum/structural_rank.h"
#include "core/spectrum/triangular_factor.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace initlens::spectrum {

namespace {

template <class T>
constexpr double roundoff = std::numeric_limits<T>::epsilon() / 2;

/// Calls body(first column, number of columns) for stretches of columns, in parallel.
template <class T, class Body>
std::size_t forEachStretch(const Matrix<T>& matrix, const Execution& execution, const Body& body)
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
    double largest = 0;  ///< of the absolute values; NaN when an element is not finite
    double smallest = 0; ///< likewise; zero when an element is
    double norm = 0;     ///< Frobenius
};

template <class T>
Size sizeOf(const Matrix<T>& matrix, const Execution& execution)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<Size> parts(static_cast<std::size_t>(std::max<Index>(1, matrix.cols())));
    const std::size_t count =
        forEachStretch(matrix, execution, [&](std::size_t i, Index first, Index columns) {
            const auto part = matrix.middleCols(first, columns);
            if (part.size() > 0) {
                parts[i] = {part.cwiseAbs().template maxCoeff<Eigen::PropagateNaN>(),
                            part.cwiseAbs().minCoeff(), part.squaredNorm()};
            }
        });
    Size size{.largest = 0, .smallest = infinity, .norm = 0};
    double squares = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isfinite(parts[i].largest)) {
            return {.largest = std::numeric_limits<double>::quiet_NaN()};
        }
        size.largest = std::max(size.largest, parts[i].largest);
        size.smallest = std::min(size.smallest, parts[i].smallest);
        squares += parts[i].norm;
    }
    size.norm = std::sqrt(squares);
    return size;
}

/// Divides a matrix whose elements have left the moderate range by the power of two that brings
/// the largest into [1/2, 1), says the size afterwards and returns the exponent; NaN when an
/// element is not finite, and 0 for a matrix of zeros.
template <class T>
double normalise(Matrix<T>& matrix, Size& size, const Execution& execution)
{
    size = sizeOf(matrix, execution);
    if (!std::isfinite(size.largest)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    constexpr double moderate = 0x1p32;
    if (size.largest == 0 || (size.largest < moderate && size.largest > 1 / moderate)) {
        return 0;
    }
    int exponent = 0;
    std::frexp(size.largest, &exponent);
    // In two steps: a single factor could itself leave the range.
    const T half = std::ldexp(T(1), -exponent / 2);
    const T rest = std::ldexp(T(1), -exponent + exponent / 2);
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

template <class T>
RunningProduct<T>::RunningProduct(Matrix<T> first, Index rank, const Execution& execution)
{
    const Structure structure = structureOf(first, execution);
    m_rank = std::min(rank, structure.rank);
    m_hasZeros = structure.hasZeros;
    m_noise = roundoff<T>;
    settle(std::move(first), execution);
}

template <class T>
void RunningProduct<T>::multiplyLeft(Matrix<T> factor, Index rank, const Execution& execution)
{
    Size size;
    const double factorExponent = normalise(factor, size, execution);
    if (!std::isfinite(factorExponent)) {
        m_finite = false;
    }
    if (!m_finite) {
        return;
    }
    const Structure structure =
        size.smallest > 0
            ? Structure{.rank = std::min(factor.rows(), factor.cols()), .hasZeros = false}
            : structureOf(factor, execution);
    m_hasZeros = m_hasZeros || structure.hasZeros;
    const Index columns = values().cols();
    auto product = uninitialisedMatrix<T>(factor.rows(), columns);
    multiply(Op::None, Op::None, product.rows(), columns, factor.cols(), T(1), factor.data(),
             factor.rows(), values().data(), values().rows(), T(0), product.data(), product.rows(),
             execution);
    m_rank = std::min({m_rank, rank, structure.rank});
    m_log2Scale += factorExponent;
    const double norm = std::exchange(m_norm, 0);
    const double error = std::exchange(m_error, 0);
    const double noise = std::exchange(m_noise, 0);
    const double log2Scale = m_log2Scale;
    settle(std::move(product), execution);
    if (!m_finite || execution.stopRequested()) {
        return;
    }
    // An old error is stretched like a typical direction, or like the product itself, which grows
    // along the directions that stretch most; a new one is a rounding of every element. Errors of
    // layers are independent, so their squares add (Higham and Mary 2019).
    const double rescaled = std::exp2(log2Scale - m_log2Scale);
    const auto inner = static_cast<double>(std::max<Index>(1, factor.cols()));
    const double growth = norm > 0 ? m_norm / norm : rescaled;
    const double typical = rescaled * size.norm / std::sqrt(inner);
    const double gain = std::max(growth, typical);
    const auto elements = static_cast<double>(std::max<Index>(1, factor.rows() * columns));
    const double element = rescaled * roundoff<T> * size.norm * norm / std::sqrt(elements);
    m_error = std::hypot(m_error, gain * error, noiseNorm(element, factor.rows(), columns));
    // The same for the elements, relative to those of the product.
    const double stretch = m_norm > 0 ? typical * norm / m_norm : 0;
    m_noise = std::hypot(m_noise, std::max(1.0, stretch) * noise,
                         stretch * std::sqrt(inner) * roundoff<T>);
}

template <class T>
void RunningProduct<T>::keepRows(const std::vector<Index>& rows, const Execution& execution)
{
    if (static_cast<Index>(rows.size()) < values().rows()) {
        const double before = typicalElement();
        Matrix<T> kept = values()(rows, Eigen::all);
        const double after = kept.size() > 0 ? sizeOf(kept, execution).norm /
                                                   std::sqrt(static_cast<double>(kept.size()))
                                             : 0;
        m_noise *= after > 0 ? std::max(1.0, before / after) : 1;
        settle(std::move(kept), execution);
    }
}

template <class T>
void RunningProduct<T>::settle(Matrix<T> matrix, const Execution& execution)
{
    Size size;
    const double exponent = normalise(matrix, size, execution);
    if (!std::isfinite(exponent)) {
        m_finite = false;
        m_values = std::make_shared<const Matrix<T>>(std::move(matrix));
        return;
    }
    m_norm = size.norm;
    m_log2Scale += exponent;
    m_error *= std::exp2(-exponent);
    const Index rows = matrix.rows();
    const Index columns = matrix.cols();
    m_rank = size.largest == 0 ? 0 : std::min({m_rank, rows, columns});
    if (m_hasZeros) {
        // Two patterns can meet in fewer places than the rank of either.
        m_rank = std::min(m_rank, structureOf(matrix, execution).rank);
    }
    // Always, though a decomposition pays for itself only where many columns go: afterwards the
    // size tells the rank, and a smaller size is rare after the first layers.
    if (rows > 0 && rows < columns) {
        // L of M = L Q is the transpose of R of M^T = Q^T R.
        matrix = transposed(triangularFactor(transposed(matrix, execution), execution), execution);
        const double element = roundoff<T> * m_norm / static_cast<double>(rows);
        m_error = std::hypot(m_error, noiseNorm(element, rows, rows));
        // A row meets so many reflections, a panel of them at a time.
        constexpr double reflections = 8;
        const double share = static_cast<double>(rows) / static_cast<double>(columns);
        m_noise = std::hypot(m_noise * std::sqrt(share), reflections * roundoff<T>);
    }
    m_values = std::make_shared<const Matrix<T>>(std::move(matrix));
}

template class RunningProduct<float>;
template class RunningProduct<double>;

} // namespace initlens::spectrum
