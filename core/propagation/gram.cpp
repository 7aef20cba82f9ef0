#include "core/propagation/gram.h"

#include "core/base/linear_algebra.h"

#include <algorithm>

namespace initlens::propagation {

namespace {

/// Small enough to even out the work of two threads at the end of a layer.
constexpr Index largestBlock = 64;

} // namespace

GramLayout::GramLayout(Index samples)
    : m_samples(samples), m_blockSize(std::min(samples, largestBlock)),
      m_side((samples + m_blockSize - 1) / m_blockSize)
{}

GramLayout::Block GramLayout::block(Index index) const
{
    // Row by row of the triangle.
    Index row = 0;
    while (index > row) {
        index -= row + 1;
        ++row;
    }
    Block block;
    block.row = row * m_blockSize;
    block.column = index * m_blockSize;
    block.rows = std::min(m_blockSize, m_samples - block.row);
    block.columns = std::min(m_blockSize, m_samples - block.column);
    return block;
}

template <class T>
void gramBlock(ConstMatrixView<T> a, T scale, const GramLayout::Block& block, T* out)
{
    const Index n = a.rows();
    const T* left = a.data() + block.row * n;
    const T* right = a.data() + block.column * n;
    Matrix<T> scaledLeft;
    Matrix<T> scaledRight;
    if (scale != T(1)) {
        // Scaled before the product: afterwards it would be too late.
        scaledLeft = a.middleCols(block.row, block.rows) * scale;
        scaledRight = a.middleCols(block.column, block.columns) * scale;
        left = scaledLeft.data();
        right = scaledRight.data();
    }
    if (block.isDiagonal()) {
        syrk(Op::Transpose, block.rows, n, T(1), left, n, T(0), out, block.rows);
    } else {
        gemm(Op::Transpose, Op::None, block.rows, block.columns, n, T(1), left, n, right, n, T(0),
             out, block.rows);
    }
}

template <class T>
double gramProduct(const T* a, const T* b, const GramLayout::Block& block)
{
    double sum = 0;
    for (Index j = 0; j < block.columns; ++j) {
        const Index column = j * block.rows;
        const Index first = block.isDiagonal() ? j + 1 : 0;
        double below = 0;
#pragma omp simd reduction(+ : below)
        for (Index i = first; i < block.rows; ++i) {
            below += static_cast<double>(a[column + i]) * static_cast<double>(b[column + i]);
        }
        sum += 2 * below;
        if (block.isDiagonal()) {
            sum += static_cast<double>(a[column + j]) * static_cast<double>(b[column + j]);
        }
    }
    return sum;
}

template void gramBlock(ConstMatrixView<float>, float, const GramLayout::Block&, float*);
template void gramBlock(ConstMatrixView<double>, double, const GramLayout::Block&, double*);
template double gramProduct(const float*, const float*, const GramLayout::Block&);
template double gramProduct(const double*, const double*, const GramLayout::Block&);

} // namespace initlens::propagation
