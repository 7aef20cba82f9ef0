#include "core/propagation/weight_gradient.h"

#include "core/base/linear_algebra.h"
#include "core/propagation/moments.h"
#include "core/propagation/pixels.h"

#include <algorithm>
#include <memory>

namespace initlens::propagation {

namespace {

constexpr Index blockSize = 256;
/// Up to so many the product of one tap is too small to be quick; beyond, many tasks are better.
constexpr Index fewChannels = 32;

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
      m_rowBlocks(blocksOf(delta.rows())), m_columnBlocks(blocksOf(x.rows())),
      m_tapsTogether(x.rows() <= fewChannels ? geometry.kernel : 1)
{}

template <class T>
Index FormedGradient<T>::tasks() const
{
    return m_rowBlocks * m_columnBlocks * (m_geometry.taps() / m_tapsTogether);
}

template <class T>
double FormedGradient<T>::task(Index index) const
{
    const Index row = index % m_rowBlocks * blockSize;
    const Index column = index / m_rowBlocks % m_columnBlocks * blockSize;
    const Index firstTap = index / m_rowBlocks / m_columnBlocks * m_tapsTogether;
    const Index rows = std::min(blockSize, m_delta.rows() - row);
    const Index channels =
        m_tapsTogether > 1 ? m_x.rows() : std::min(blockSize, m_x.rows() - column);
    const Index stacked = m_tapsTogether * m_x.rows();
    Matrix<T> gradient(rows, m_tapsTogether * channels);
    const auto add = [&](const T* x, Index first, Index count) {
        gemm(Op::None, Op::Transpose, rows, gradient.cols(), count, m_scale,
             m_delta.data() + first * m_delta.rows() + row, m_delta.rows(), x + column, stacked,
             T(first == 0 ? 0 : 1), gradient.data(), rows);
    };
    if (m_tapsTogether == 1 && (m_geometry.taps() == 1 || firstTap == centreTap(m_geometry))) {
        add(m_x.data(), 0, m_delta.cols());
        return sumOfSquares(gradient.data(), gradient.size(), 1.0);
    }
    // Moved numbers that stay in the processor's cache until they are multiplied.
    constexpr Index elements = Index{1} << 17;
    const Index stretch = std::clamp<Index>(elements / stacked, 1, m_delta.cols());
    const auto moved =
        std::make_unique_for_overwrite<T[]>(static_cast<std::size_t>(stacked * stretch));
    for (Index first = 0; first < m_delta.cols(); first += stretch) {
        const Index count = std::min(stretch, m_delta.cols() - first);
        for (Index tap = 0; tap < m_tapsTogether; ++tap) {
            gatherTap(m_geometry, m_x.cols() / m_geometry.pixels(), Way::Forward, firstTap + tap,
                      m_x, first, count, moved.get() + tap * m_x.rows(), stacked);
        }
        add(moved.get(), first, count);
    }
    return sumOfSquares(gradient.data(), gradient.size(), 1.0);
}

template class FormedGradient<float>;
template class FormedGradient<double>;

} // namespace initlens::propagation
