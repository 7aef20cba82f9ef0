#include "core/propagation/weight_gradient.h"

#include "core/base/linear_algebra.h"
#include "core/propagation/moments.h"

#include <algorithm>

namespace initlens::propagation {

namespace {

constexpr Index blockSize = 256;

Index blocksOf(Index size)
{
    return (size + blockSize - 1) / blockSize;
}

} // namespace

bool gradientsByGram(const network::NetworkSpec& spec, Index batch)
{
    // Half of two Gram matrices against the whole gradient.
    const auto units = static_cast<double>(spec.width);
    const auto inputs = static_cast<double>(network::outputSize(spec));
    return static_cast<double>(batch) * (units + inputs) <= 2 * units * inputs;
}

template <class T>
FormedGradient<T>::FormedGradient(ConstMatrixView<T> delta, ConstMatrixView<T> x, T scale)
    : m_delta(delta), m_x(x), m_scale(scale), m_rowBlocks(blocksOf(delta.rows()))
{}

template <class T>
Index FormedGradient<T>::tasks() const
{
    return m_rowBlocks * blocksOf(m_x.rows());
}

template <class T>
double FormedGradient<T>::task(Index index) const
{
    const Index row = index % m_rowBlocks * blockSize;
    const Index column = index / m_rowBlocks * blockSize;
    const Index rows = std::min(blockSize, m_delta.rows() - row);
    const Index columns = std::min(blockSize, m_x.rows() - column);
    Matrix<T> gradient(rows, columns);
    gemm(Op::None, Op::Transpose, rows, columns, m_delta.cols(), m_scale, m_delta.data() + row,
         m_delta.rows(), m_x.data() + column, m_x.rows(), T(0), gradient.data(), rows);
    return sumOfSquares(gradient.data(), gradient.size(), 1.0);
}

template class FormedGradient<float>;
template class FormedGradient<double>;

} // namespace initlens::propagation
