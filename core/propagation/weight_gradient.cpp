#include "core/propagation/weight_gradient.h"

#include "core/base/linear_algebra.h"
#include "core/propagation/moments.h"
#include "core/propagation/pixels.h"

#include <algorithm>
#include <memory>

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
    if (network::structureOf(spec).geometry.pixels() > 1) {
        return false;
    }
    // Half of two Gram matrices against the whole gradient.
    const auto units = static_cast<double>(spec.width);
    const auto inputs = static_cast<double>(network::outputSize(spec));
    return static_cast<double>(batch) * (units + inputs) <= 2 * units * inputs;
}

template <class T>
FormedGradient<T>::FormedGradient(ConstMatrixView<T> delta, ConstMatrixView<T> x, T scale,
                                  const network::Geometry& geometry)
    : m_delta(delta), m_x(x), m_scale(scale), m_geometry(geometry),
      m_rowBlocks(blocksOf(delta.rows())), m_columnBlocks(blocksOf(x.rows()))
{}

template <class T>
Index FormedGradient<T>::tasks() const
{
    return m_rowBlocks * m_columnBlocks * m_geometry.taps();
}

template <class T>
double FormedGradient<T>::task(Index index) const
{
    const Index row = index % m_rowBlocks * blockSize;
    const Index column = index / m_rowBlocks % m_columnBlocks * blockSize;
    const Index tap = index / m_rowBlocks / m_columnBlocks;
    const Index rows = std::min(blockSize, m_delta.rows() - row);
    const Index columns = std::min(blockSize, m_x.rows() - column);
    const T* x = m_x.data() + column;
    std::unique_ptr<T[]> moved;
    if (m_geometry.taps() > 1 && tap != centreTap(m_geometry)) {
        moved = std::make_unique_for_overwrite<T[]>(static_cast<std::size_t>(m_x.size()));
        gatherTap(m_geometry, m_x.cols() / m_geometry.pixels(), Way::Forward, tap, m_x, 0,
                  m_x.cols(), moved.get(), m_x.rows());
        x = moved.get() + column;
    }
    Matrix<T> gradient(rows, columns);
    gemm(Op::None, Op::Transpose, rows, columns, m_delta.cols(), m_scale, m_delta.data() + row,
         m_delta.rows(), x, m_x.rows(), T(0), gradient.data(), rows);
    return sumOfSquares(gradient.data(), gradient.size(), 1.0);
}

template class FormedGradient<float>;
template class FormedGradient<double>;

} // namespace initlens::propagation
