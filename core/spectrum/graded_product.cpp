#include "core/spectrum/graded_product.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/spectrum/triangular_factor.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace initlens::spectrum {

namespace {

constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;
constexpr double minusInfinity = -std::numeric_limits<double>::infinity();
/// Rounding errors of a decomposition in units of roundoff times the condition number.
constexpr double errorUnits = 16;

/// Calls body(first, end) for stretches of 0 .. count, in parallel.
template <class Body>
void forEachStretch(Index count, const Execution& execution, const Body& body)
{
    constexpr Index stretch = 32;
    parallelFor(static_cast<std::size_t>((count + stretch - 1) / stretch), execution,
                [&](std::size_t part) {
                    const Index first = static_cast<Index>(part) * stretch;
                    body(first, std::min(count, first + stretch));
                });
}

/// Lengths of the rows, summed column by column as the matrix lies in memory.
Vector<double> rowLengths(const Matrix<double>& matrix)
{
    Vector<double> squares = Vector<double>::Zero(matrix.rows());
    for (Index j = 0; j < matrix.cols(); ++j) {
        squares += matrix.col(j).cwiseAbs2();
    }
    return squares.cwiseSqrt();
}

/// Rows of a matrix times scales that a double cannot hold: values(i, j) exp(logRow[i]).
struct ScaledRows {
    Matrix<double> values;
    std::vector<double> logRow;
};

/// matrix * diag(exp(logScale)), every row divided by its largest element.
ScaledRows scaleColumns(const Matrix<double>& matrix, const std::vector<double>& logScale,
                        const Execution& execution)
{
    const Index rows = matrix.rows();
    const Index columns = matrix.cols();
    ScaledRows scaled{Matrix<double>::Zero(rows, columns),
                      std::vector<double>(static_cast<std::size_t>(rows), minusInfinity)};
    forEachStretch(rows, execution, [&](Index first, Index last) {
        for (Index j = 0; j < columns; ++j) {
            const double scale = logScale[static_cast<std::size_t>(j)];
            for (Index i = first; i < last; ++i) {
                // Elements are at most a few units long: smaller scales cannot win.
                constexpr double reach = 800;
                double& row = scaled.logRow[static_cast<std::size_t>(i)];
                if (matrix(i, j) != 0 && scale > row - reach) {
                    row = std::max(row, std::log(std::abs(matrix(i, j))) + scale);
                }
            }
        }
        for (Index j = 0; j < columns; ++j) {
            const double scale = logScale[static_cast<std::size_t>(j)];
            for (Index i = first; i < last; ++i) {
                const double row = scaled.logRow[static_cast<std::size_t>(i)];
                if (matrix(i, j) != 0) {
                    // exp in two parts: the quotient may underflow only as a whole.
                    const double half = std::exp((scale - row) / 2);
                    scaled.values(i, j) = matrix(i, j) * half * half;
                }
            }
        }
    });
    return scaled;
}

/// What is left of scaled rows after a decomposition of their transpose: rows of length one in
/// descending order. `order` says which rows they were; rows of zeros are left out.
GradedFactor gradeRows(const ScaledRows& rows, std::vector<Index>& order,
                       const Execution& execution)
{
    const Index count = rows.values.rows();
    std::vector<double> logLength(static_cast<std::size_t>(count));
    const Vector<double> lengths = rowLengths(rows.values);
    order.clear();
    for (Index i = 0; i < count; ++i) {
        logLength[static_cast<std::size_t>(i)] =
            std::log(lengths[i]) + rows.logRow[static_cast<std::size_t>(i)];
        if (lengths[i] > 0) {
            order.push_back(i);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
        return logLength[static_cast<std::size_t>(a)] > logLength[static_cast<std::size_t>(b)];
    });
    GradedFactor factor;
    for (const Index row : order) {
        factor.logScale.push_back(logLength[static_cast<std::size_t>(row)]);
    }
    Matrix<double> transposed(rows.values.cols(), static_cast<Index>(order.size()));
    forEachStretch(transposed.cols(), execution, [&](Index first, Index last) {
        for (Index j = 0; j < transposed.rows(); ++j) {
            for (Index k = first; k < last; ++k) {
                const Index row = order[static_cast<std::size_t>(k)];
                transposed(j, k) = rows.values(row, j) / lengths[row];
            }
        }
    });
    if (execution.stopRequested()) {
        return factor;
    }
    factor.upper = QrDecomposition(std::move(transposed), execution).triangle();
    factor.error = errorUnits * roundoff *
                   conditionOfUpper(factor.upper.cols(), factor.upper.data(), factor.upper.rows());
    return factor;
}

/// Condition number of an upper triangle after its rows have been given length one.
double rowScaledCondition(Matrix<double> triangle)
{
    const Vector<double> lengths = rowLengths(triangle);
    for (Index j = 0; j < triangle.cols(); ++j) {
        triangle.col(j).array() /= (lengths.array() > 0).select(lengths.array(), 1.0);
    }
    return conditionOfUpper(triangle.rows(), triangle.data(), triangle.rows());
}

} // namespace

GradedProduct::GradedProduct(Matrix<double> first, const Execution& execution)
{
    GradedFactor none;
    none.logScale.assign(static_cast<std::size_t>(first.cols()), 0.0);
    absorb(std::move(first), none, execution);
}

GradedProduct::GradedProduct(const RunningProduct<double>& product, double relativeError,
                             const Execution& execution)
{
    GradedFactor before;
    before.logScale.assign(static_cast<std::size_t>(product.values().cols()),
                           product.log2Scale() * std::log(2.0));
    before.error = relativeError;
    m_finite = product.isFinite();
    absorb(product.values(), before, execution);
}

void GradedProduct::multiplyLeft(const Matrix<double>& factor, const Execution& execution)
{
    Matrix<double> left(factor.rows(), m_basis->cols());
    multiply(Op::None, Op::None, left.rows(), left.cols(), factor.cols(), 1.0, factor.data(),
             factor.rows(), m_basis->data(), m_basis->rows(), 0.0, left.data(), left.rows(),
             execution);
    absorb(std::move(left), *m_factor, execution);
}

void GradedProduct::selectRows(const std::vector<Index>& rows, const Vector<double>& scales,
                               const Execution& execution)
{
    absorb(scales.asDiagonal() * (*m_basis)(rows, Eigen::all), *m_factor, execution);
}

void GradedProduct::absorb(Matrix<double> left, const GradedFactor& factor,
                           const Execution& execution)
{
    m_finite = m_finite && left.allFinite();
    if (!m_finite || execution.stopRequested()) {
        m_basis = std::make_shared<const Matrix<double>>(std::move(left));
        m_factor = std::make_shared<const GradedFactor>(factor);
        return;
    }
    // Large rows first: then the decomposition is accurate row by row (Cox and Higham 1998).
    const Vector<double> lengths = rowLengths(left);
    std::vector<Index> rows(static_cast<std::size_t>(left.rows()));
    std::iota(rows.begin(), rows.end(), Index{0});
    std::stable_sort(rows.begin(), rows.end(),
                     [&](Index a, Index b) { return lengths[a] > lengths[b]; });
    const QrDecomposition<double> decomposition(left(rows, Eigen::all), execution);
    const Matrix<double> triangle = decomposition.triangle();
    ScaledRows scaled = scaleColumns(triangle, factor.logScale, execution);
    if (factor.upper.size() > 0) {
        Matrix<double> product(triangle.rows(), factor.upper.rows());
        multiply(Op::None, Op::Transpose, product.rows(), product.cols(), triangle.cols(), 1.0,
                 scaled.values.data(), scaled.values.rows(), factor.upper.data(),
                 factor.upper.rows(), 0.0, product.data(), product.rows(), execution);
        scaled.values = std::move(product);
    }
    std::vector<Index> order;
    GradedFactor graded = gradeRows(scaled, order, execution);
    graded.error += factor.error;
    if (!execution.stopRequested() && triangle.rows() == triangle.cols()) {
        graded.error += errorUnits * roundoff * rowScaledCondition(triangle);
    }
    const Matrix<double> basis = decomposition.orthonormal(execution);
    Matrix<double> ordered(left.rows(), static_cast<Index>(order.size()));
    forEachStretch(ordered.cols(), execution, [&](Index first, Index last) {
        for (Index k = first; k < last; ++k) {
            const auto column = basis.col(order[static_cast<std::size_t>(k)]);
            for (Index i = 0; i < column.size(); ++i) {
                ordered(rows[static_cast<std::size_t>(i)], k) = column[i];
            }
        }
    });
    m_basis = std::make_shared<const Matrix<double>>(std::move(ordered));
    m_factor = std::make_shared<const GradedFactor>(std::move(graded));
}

GradedFactor exchangeSides(const GradedFactor& factor, const Execution& execution)
{
    std::vector<Index> order;
    auto exchanged =
        gradeRows(scaleColumns(factor.upper, factor.logScale, execution), order, execution);
    exchanged.error += factor.error;
    return exchanged;
}

} // namespace initlens::spectrum
