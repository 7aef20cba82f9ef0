#pragma once

#include "core/spectrum/jacobian.h"
#include "core/spectrum/scope.h"

#include <optional>

namespace initlens::spectrum {

/// The product of factors that a scope means at one layer, as a linear operator that is never
/// multiplied out. It carries a power of two of its own,
///
///     apply(x) = 2^-log2Scale() J x,
///
/// chosen at the first call so that what comes out is near one; inside, every column is scaled
/// after every factor, so no depth over- or underflows.
class LayerProduct {
public:
    enum class Side { Right, Left }; ///< where vectors live: columns of J, or its rows

    LayerProduct(JacobianFactors& factors, Scope::Kind scope, Index layer,
                 const Execution& execution);

    [[nodiscard]] Index size(Side side) const;
    /// Dimensions that a vector may have there: rows with open gates on the left, all on the right.
    [[nodiscard]] Index activeSize(Side side) const;
    /// Zeroes the rows with closed gates.
    void restrict(Side side, Matrix<double>& x) const;
    /// min(rows, columns), closed gates included.
    [[nodiscard]] Index smallerSide() const
    {
        return std::min(size(Side::Left), size(Side::Right));
    }
    /// Rank that open gates and weights of low rank allow: the least of all factors.
    [[nodiscard]] Index rank() const { return m_rank; }

    /// x becomes 2^-log2Scale() J x (`from` the right) or the transposed product (from the left).
    /// False when an element is infinite or not a number; undefined after a stop request.
    bool apply(Side from, Matrix<double>& x);
    [[nodiscard]] double log2Scale() const { return m_log2Scale.value_or(0); }

private:
    void prepare(Index layer, bool rising);
    static void rescale(Matrix<double>& x, Vector<double>& log2Scales);

    JacobianFactors& m_factors;
    const Execution& m_execution;
    Index m_first;
    Index m_last;
    Index m_firstReady = 0;
    Index m_lastReady = -1;
    Index m_rank;
    Index m_activeRows = 0;
    std::optional<double> m_log2Scale;
    Matrix<double> m_next;
};

} // namespace initlens::spectrum
