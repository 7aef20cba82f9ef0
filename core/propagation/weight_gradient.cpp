#include "core/propagation/weight_gradient.h"

#include "core/base/linear_algebra.h"

#include <algorithm>
#include <utility>

namespace initlens::propagation {

namespace {

constexpr Index gramBlock = 128;
constexpr Index gradientBlock = 256;

/// Row and column of the index-th block of a lower triangle, row by row.
std::pair<Index, Index> lowerBlock(Index index)
{
    Index row = 0;
    while (index > row) {
        index -= row + 1;
        ++row;
    }
    return {row, index};
}

/// The Gram block of columns `row..` with columns `column..` of `a`; a diagonal block has only its
/// lower triangle.
template <class T>
void gramOf(ConstMatrixView<T> a, Index row, Index rows, Index column, Index columns, Matrix<T>& g)
{
    g.resize(rows, columns);
    if (row == column) {
        syrk(Op::Transpose, rows, a.rows(), T(1), a.data() + row * a.rows(), a.rows(), T(0),
             g.data(), rows);
    } else {
        gemm(Op::Transpose, Op::None, rows, columns, a.rows(), T(1), a.data() + row * a.rows(),
             a.rows(), a.data() + column * a.rows(), a.rows(), T(0), g.data(), rows);
    }
}

} // namespace

template <class T>
WeightGradientNorm<T>::WeightGradientNorm(ConstMatrixView<T> delta, ConstMatrixView<T> x, T xScale)
    : m_delta(delta), m_x(x), m_xScale(xScale)
{
    const auto units = static_cast<double>(delta.rows());
    const auto inputs = static_cast<double>(x.rows());
    const auto batch = static_cast<double>(delta.cols());
    m_byGram = batch * (units + inputs) <= 2 * units * inputs;
    m_blocks = m_byGram ? (delta.cols() + gramBlock - 1) / gramBlock
                        : (delta.rows() + gradientBlock - 1) / gradientBlock;
}

template <class T>
Index WeightGradientNorm<T>::tasks() const
{
    if (m_byGram) {
        return m_blocks * (m_blocks + 1) / 2;
    }
    return m_blocks * ((m_x.rows() + gradientBlock - 1) / gradientBlock);
}

template <class T>
double WeightGradientNorm<T>::task(Index index) const
{
    return m_byGram ? gramTask(index) : explicitTask(index);
}

template <class T>
double WeightGradientNorm<T>::gramTask(Index index) const
{
    const auto [blockRow, blockColumn] = lowerBlock(index);
    const Index row = blockRow * gramBlock;
    const Index column = blockColumn * gramBlock;
    const Index rows = std::min(gramBlock, m_delta.cols() - row);
    const Index columns = std::min(gramBlock, m_delta.cols() - column);
    Matrix<T> deltaGram;
    Matrix<T> xGram;
    gramOf(m_delta, row, rows, column, columns, deltaGram);
    if (m_xScale == T(1)) {
        gramOf(m_x, row, rows, column, columns, xGram);
    } else {
        const Matrix<T> scaled = m_x * m_xScale;
        gramOf(ConstMatrixView<T>(scaled.data(), scaled.rows(), scaled.cols()), row, rows, column,
               columns, xGram);
    }
    double sum = 0;
    for (Index j = 0; j < columns; ++j) {
        const bool diagonalBlock = row == column;
        const Index first = diagonalBlock ? j + 1 : 0;
        double below = 0;
#pragma omp simd reduction(+ : below)
        for (Index i = first; i < rows; ++i) {
            below += static_cast<double>(deltaGram(i, j)) * static_cast<double>(xGram(i, j));
        }
        sum += 2 * below;
        if (diagonalBlock) {
            sum += static_cast<double>(deltaGram(j, j)) * static_cast<double>(xGram(j, j));
        }
    }
    return sum;
}

template <class T>
double WeightGradientNorm<T>::explicitTask(Index index) const
{
    const Index row = index % m_blocks * gradientBlock;
    const Index column = index / m_blocks * gradientBlock;
    const Index rows = std::min(gradientBlock, m_delta.rows() - row);
    const Index columns = std::min(gradientBlock, m_x.rows() - column);
    Matrix<T> gradient(rows, columns);
    gemm(Op::None, Op::Transpose, rows, columns, m_delta.cols(), m_xScale, m_delta.data() + row,
         m_delta.rows(), m_x.data() + column, m_x.rows(), T(0), gradient.data(), rows);
    double sum = 0;
    const T* g = gradient.data();
#pragma omp simd reduction(+ : sum)
    for (Index i = 0; i < rows * columns; ++i) {
        sum += static_cast<double>(g[i]) * static_cast<double>(g[i]);
    }
    return sum;
}

template class WeightGradientNorm<float>;
template class WeightGradientNorm<double>;

} // namespace initlens::propagation
