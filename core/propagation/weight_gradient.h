#pragma once

#include "core/network/spec.h"

namespace initlens::propagation {

/// How the squared Frobenius norm of a layer's weight gradient G = sum over samples of
/// delta_b x_b^T is found, without ever storing G. True: as the sum of the entrywise product of the
/// Gram matrices delta^T delta and x^T x (gram.h), which is cheaper while the batch is smaller than
/// the layer, and needs no activations to be kept. False: G is formed tile by tile.
bool gradientsByGram(const network::NetworkSpec& spec, Index batch);

/// The norm by forming G, in tasks that can run in any order and are summed in the order of their
/// index. `delta` is units x columns, `x` is channels x columns and is multiplied by `scale` first,
/// a power of two that keeps the products in range. Of a kernel every tap has its gradient, also
/// where the tap is zero.
template <class T>
class FormedGradient {
public:
    FormedGradient(ConstMatrixView<T> delta, ConstMatrixView<T> x, T scale,
                   const network::Geometry& geometry = {});

    [[nodiscard]] Index tasks() const;
    /// The contribution of one task to |scale G|^2.
    [[nodiscard]] double task(Index index) const;

private:
    ConstMatrixView<T> m_delta;
    ConstMatrixView<T> m_x;
    T m_scale;
    network::Geometry m_geometry;
    Index m_rowBlocks;
    Index m_columnBlocks;
    Index m_tapsTogether; ///< a row of the kernel where channels are few
};

extern template class FormedGradient<float>;
extern template class FormedGradient<double>;

} // namespace initlens::propagation
