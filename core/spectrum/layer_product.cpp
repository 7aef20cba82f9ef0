#include "core/spectrum/layer_product.h"

#include <algorithm>
#include <cmath>

namespace initlens::spectrum {

namespace {

/// The scale of a column of zeros is never the largest.
constexpr double zeroColumn = -1e300;

} // namespace

LayerProduct::LayerProduct(JacobianFactors& factors, Scope::Kind scope, Index layer,
                           const Execution& execution)
    : m_factors(factors), m_execution(execution), m_first(scope == Scope::Kind::ToOutput ? layer + 1
                                                          : scope == Scope::Kind::PerLayer ? layer
                                                                                           : 1),
      m_last(scope == Scope::Kind::ToOutput ? factors.depth() : layer),
      m_rank(factors.size(m_first - 1))
{
    for (Index l = m_first; l <= m_last; ++l) {
        m_activeRows = (factors.slopes(l).array() != 0).count();
        m_rank = std::min({m_rank, m_activeRows, factors.weightRank(l)});
    }
}

Index LayerProduct::size(Side side) const
{
    return m_factors.size(side == Side::Left ? m_last : m_first - 1);
}

Index LayerProduct::activeSize(Side side) const
{
    return side == Side::Left ? m_activeRows : size(side);
}

void LayerProduct::restrict(Side side, Matrix<double>& x) const
{
    if (side == Side::Left) {
        const auto open = (m_factors.slopes(m_last).array() != 0).cast<double>();
        x.array().colwise() *= open;
    }
}

bool LayerProduct::apply(Side from, Matrix<double>& x)
{
    Vector<double> log2Scales = Vector<double>::Zero(x.cols());
    const bool rising = from == Side::Right;
    for (Index step = 0; step <= m_last - m_first; ++step) {
        const Index layer = rising ? m_first + step : m_last - step;
        prepare(layer, rising);
        if (m_execution.stopRequested()) {
            return true;
        }
        if (rising) {
            m_factors.apply(layer, x, m_next, m_execution);
        } else {
            m_factors.applyTransposed(layer, x, m_next, m_execution);
        }
        if (m_execution.stopRequested()) {
            return true;
        }
        x.swap(m_next);
        if (!x.allFinite()) {
            return false;
        }
        rescale(x, log2Scales);
    }
    if (!m_log2Scale) {
        const double largest = log2Scales.maxCoeff();
        m_log2Scale = largest > zeroColumn ? largest : 0;
    }
    for (Index j = 0; j < x.cols(); ++j) {
        // Where this underflows, the column is nothing beside the largest value.
        const double exponent = std::clamp(log2Scales[j] - *m_log2Scale, -2000.0, 1000.0);
        x.col(j) = x.col(j).unaryExpr(
            [power = static_cast<int>(exponent)](double one) { return std::ldexp(one, power); });
    }
    return true;
}

void LayerProduct::rescale(Matrix<double>& x, Vector<double>& log2Scales)
{
    for (Index j = 0; j < x.cols(); ++j) {
        const double largest = x.col(j).cwiseAbs().maxCoeff();
        if (largest == 0) {
            log2Scales[j] = zeroColumn;
            continue;
        }
        const int power = std::ilogb(largest);
        x.col(j) = x.col(j).unaryExpr([power](double one) { return std::ldexp(one, -power); });
        log2Scales[j] += power;
    }
}

void LayerProduct::prepare(Index layer, bool rising)
{
    if (layer >= m_firstReady && layer <= m_lastReady) {
        return;
    }
    const Index block = m_factors.layersAtOnce();
    m_firstReady = rising ? layer : std::max(m_first, layer - block + 1);
    m_lastReady = rising ? std::min(m_last, layer + block - 1) : layer;
    m_factors.prepare(m_firstReady, m_lastReady, m_execution);
}

} // namespace initlens::spectrum
