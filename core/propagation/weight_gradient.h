#pragma once

#include "core/base/matrix.h"

namespace initlens::propagation {

/// The squared Frobenius norm of G = sum over samples of delta_b x_b^T, in tasks that can run in any
/// order and are summed in the order of their index. G itself is never stored:
/// |G|^2 is the sum of the entrywise product of the two Gram matrices delta^T delta and x^T x, which
/// is cheaper while the batch is smaller than the layer; else tiles of G are formed one at a time.
template <class T>
class WeightGradientNorm {
public:
    /// `delta` is units x batch, `x` is inputs x batch. `xScale` multiplies x first (a power of two
    /// that keeps products in range).
    WeightGradientNorm(ConstMatrixView<T> delta, ConstMatrixView<T> x, T xScale);

    [[nodiscard]] Index tasks() const;
    /// The contribution of one task to |xScale G|^2.
    [[nodiscard]] double task(Index index) const;

private:
    [[nodiscard]] double gramTask(Index index) const;
    [[nodiscard]] double explicitTask(Index index) const;

    ConstMatrixView<T> m_delta;
    ConstMatrixView<T> m_x;
    T m_xScale;
    bool m_byGram;
    Index m_blocks;
};

extern template class WeightGradientNorm<float>;
extern template class WeightGradientNorm<double>;

} // namespace initlens::propagation
