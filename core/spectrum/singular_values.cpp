#include "core/spectrum/singular_values.h"

#include "core/base/buffer.h"
#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/spectrum/triangular_factor.h"
#include "core/spectrum/tridiagonal_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <type_traits>

namespace initlens::spectrum {

namespace {

/// Columns per panel of a matrix with this many elements: as wide as pays, but so that a panel,
/// which reads all of them for every column, sees a stop request in time.
Index panelWidth(Index elements)
{
    constexpr Index widest = 32;
    constexpr Index most = Index{1} << 26;
    return std::clamp<Index>(most / std::max<Index>(1, elements), 1, widest);
}

/// Below this order the whole rest goes as one panel.
constexpr Index smallest = 48;

/// The singular values of a bidiagonal matrix. Cannot be interrupted; where it takes long it runs
/// beside us.
std::vector<double> bidiagonalValues(std::vector<double> diagonal, std::vector<double> offDiagonal,
                                     const Execution& execution)
{
    struct Work {
        std::vector<double> diagonal;
        std::vector<double> offDiagonal;
        bool converged = false;
    };
    const auto work = std::make_shared<Work>(Work{std::move(diagonal), std::move(offDiagonal)});
    const auto call = [work] {
        work->converged = bidiagonalSingularValues(static_cast<Index>(work->diagonal.size()),
                                                   work->diagonal.data(), work->offDiagonal.data());
    };
    constexpr std::size_t longOrder = 1500;
    if (work->diagonal.size() < longOrder) {
        call();
    } else if (!runAbandonable(call, execution)) {
        return {};
    }
    return work->converged ? work->diagonal : std::vector<double>{};
}

/// Lower triangle of A^T A, tile by tile.
template <class T>
Matrix<T> gramMatrix(const Matrix<T>& a, const Execution& execution)
{
    constexpr Index tile = 256;
    const Index n = a.cols();
    const Index tiles = (n + tile - 1) / tile;
    auto gram = uninitialisedMatrix<T>(n, n);
    parallelFor(static_cast<std::size_t>(tiles * tiles), execution, [&](std::size_t t) {
        const Index row = static_cast<Index>(t) % tiles * tile;
        const Index column = static_cast<Index>(t) / tiles * tile;
        if (row < column) {
            return;
        }
        if (row == column) {
            syrk(Op::Transpose, std::min(tile, n - row), a.rows(), T(1), a.data() + row * a.rows(),
                 a.rows(), T(0), gram.data() + row + row * n, n);
            return;
        }
        gemm(Op::Transpose, Op::None, std::min(tile, n - row), std::min(tile, n - column), a.rows(),
             T(1), a.data() + row * a.rows(), a.rows(), a.data() + column * a.rows(), a.rows(),
             T(0), gram.data() + row + column * n, n);
    });
    return gram;
}

/// Lower triangle of the trailing matrix -= V W^T + W V^T, tile by tile.
template <class T>
void updateSymmetric(Index size, Index width, const T* v, Index ldv, const T* w, Index ldw, T* a,
                     Index lda, const Execution& execution)
{
    constexpr Index tile = 256;
    const Index tiles = (size + tile - 1) / tile;
    parallelFor(static_cast<std::size_t>(tiles * tiles), execution, [&](std::size_t t) {
        const Index row = static_cast<Index>(t) % tiles * tile;
        const Index column = static_cast<Index>(t) / tiles * tile;
        const Index rows = std::min(tile, size - row);
        const Index columns = std::min(tile, size - column);
        T* target = a + row + column * lda;
        if (row < column) {
            return;
        }
        if (row == column) {
            syr2k(rows, width, T(-1), v + row, ldv, w + row, ldw, T(1), target, lda);
            return;
        }
        gemm(Op::None, Op::Transpose, rows, columns, width, T(-1), v + row, ldv, w + column, ldw,
             T(1), target, lda);
        gemm(Op::None, Op::Transpose, rows, columns, width, T(-1), w + row, ldw, v + column, ldv,
             T(1), target, lda);
    });
}

/// Eigenvalues, ascending, of a symmetric matrix given by its lower triangle.
template <class T>
std::vector<double> symmetricEigenvalues(Matrix<T> a, double resolution, const Execution& execution)
{
    const Index n = a.rows();
    const auto size = static_cast<std::size_t>(n);
    std::vector<T> offDiagonal(size);
    std::vector<T> tau(size);
    // Of a symmetric matrix half is read.
    const Index panels = panelWidth(n * n / 2);
    Matrix<T> w(n, std::max(panels, smallest));
    for (Index k = 0; k < n;) {
        if (execution.stopRequested()) {
            return {};
        }
        const Index rest = n - k;
        const Index width = rest <= smallest ? rest : panels;
        T* panel = a.data() + k * n + k;
        reduceTridiagonalPanel(rest, width, panel, n, offDiagonal.data() + k, tau.data() + k,
                               w.data(), n);
        if (width < rest) {
            updateSymmetric(rest - width, width, panel + width, n, w.data() + width, n,
                            panel + width * n + width, n, execution);
        }
        for (Index j = 0; j < std::min(width, rest - 1); ++j) {
            panel[(j + 1) + j * n] = offDiagonal[static_cast<std::size_t>(k + j)];
        }
        k += width;
    }
    std::vector<double> diagonal(size);
    for (Index k = 0; k < n; ++k) {
        diagonal[static_cast<std::size_t>(k)] = a(k, k);
    }
    return tridiagonalEigenvalues(diagonal, {offDiagonal.begin(), offDiagonal.end()}, execution,
                                  resolution);
}

/// Singular values by bidiagonalisation of a matrix with at least as many rows as columns.
std::vector<double> byBidiagonalisation(Matrix<double> a, const Execution& execution)
{
    const Index m = a.rows();
    const Index n = a.cols();
    const auto size = static_cast<std::size_t>(n);
    const Index panels = panelWidth(2 * m * n); // read from both sides
    const Index widest = std::max(panels, smallest);
    std::vector<double> diagonal(size);
    std::vector<double> offDiagonal(size);
    std::vector<double> tauQ(size);
    std::vector<double> tauP(size);
    Matrix<double> x(m, widest);
    Matrix<double> y(n, widest);
    for (Index k = 0; k < n;) {
        if (execution.stopRequested()) {
            return {};
        }
        const Index rows = m - k;
        const Index columns = n - k;
        const Index width = columns <= smallest ? columns : panels;
        double* panel = a.data() + k * m + k;
        reduceBidiagonalPanel(rows, columns, width, panel, m, diagonal.data() + k,
                              offDiagonal.data() + k, tauQ.data() + k, tauP.data() + k, x.data(), m,
                              y.data(), n);
        if (width < columns) {
            // The panel's vectors stand in the matrix, with ones on their diagonals.
            double* rest = panel + width * m + width;
            multiply(Op::None, Op::Transpose, rows - width, columns - width, width, -1.0,
                     panel + width, m, y.data() + width, n, 1.0, rest, m, execution);
            multiply(Op::None, Op::None, rows - width, columns - width, width, -1.0,
                     x.data() + width, m, panel + width * m, m, 1.0, rest, m, execution);
        }
        k += width;
    }
    return bidiagonalValues(std::move(diagonal), std::move(offDiagonal), execution);
}

/// From the eigenvalues of the Gram matrix, ascending; empty where the smallest is rounding.
std::vector<double> byGram(const Matrix<double>& matrix, double largestCondition,
                           const Execution& execution)
{
    auto values = gramEigenvalues(matrix, 0, execution);
    if (execution.stopRequested() || values.empty() || values.front() <= 0 ||
        values.back() > largestCondition * largestCondition * values.front()) {
        return {};
    }
    std::transform(values.begin(), values.end(), values.begin(),
                   [](double value) { return std::sqrt(value); });
    std::reverse(values.begin(), values.end());
    return values;
}

} // namespace

template <class T>
std::vector<double> gramEigenvalues(const Matrix<T>& matrix, double resolution,
                                    const Execution& execution)
{
    auto gram = gramMatrix(matrix, execution);
    if constexpr (std::is_same_v<T, double>) {
        return symmetricEigenvalues(std::move(gram), resolution, execution);
    } else {
        // Without their mean the elements of the diagonal, which every step of the reduction
        // rounds, are no larger than the others: a third of the error.
        const T mean = gram.rows() > 0 ? gram.diagonal().mean() : T(0);
        gram.diagonal().array() -= mean;
        auto values = symmetricEigenvalues(std::move(gram), resolution, execution);
        std::transform(values.begin(), values.end(), values.begin(),
                       [mean](double value) { return value + static_cast<double>(mean); });
        return values;
    }
}

template std::vector<double> gramEigenvalues(const Matrix<float>&, double, const Execution&);
template std::vector<double> gramEigenvalues(const Matrix<double>&, double, const Execution&);

double largestGramCondition(Index columns, double tolerance)
{
    constexpr double epsilon = std::numeric_limits<double>::epsilon();
    return std::sqrt(tolerance /
                     (epsilon * std::sqrt(static_cast<double>(std::max<Index>(1, columns)))));
}

std::vector<double> singularValues(const Matrix<double>& matrix, double tolerance,
                                   double expectedCondition, const Execution& execution)
{
    if (matrix.rows() < matrix.cols()) {
        return singularValues(transposed(matrix, execution), tolerance, expectedCondition,
                              execution);
    }
    if (matrix.cols() == 0) {
        return {};
    }
    const double largestCondition = largestGramCondition(matrix.cols(), tolerance);
    if (expectedCondition <= largestCondition) {
        auto values = byGram(matrix, largestCondition, execution);
        if (execution.stopRequested() || !values.empty()) {
            return values;
        }
    }
    constexpr Index tall = 4;
    return byBidiagonalisation(
        matrix.rows() > tall * matrix.cols() ? triangularFactor(matrix, execution) : matrix,
        execution);
}

} // namespace initlens::spectrum
