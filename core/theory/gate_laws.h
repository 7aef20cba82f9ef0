#pragma once

#include "core/theory/ensemble.h"

#include <cstdint>
#include <vector>

namespace initlens::theory {

/// The free product of layers whose slopes are gates: d is one value `open` with the layer's
/// probability p_l and 0 otherwise (hard_tanh at several variances). Everything has a closed form:
/// S_l(m) = (1 + m) / (open (p_l + m)), so that with u = 1 / m, the same for all layers,
/// zeta_l = open (1 + p_l u).
///
/// The curve of real lambda (see FreeProduct) is parametrised by v = zeta_k / open of the layer
/// with the fewest open units: zeta_l / open = (p_l / p_k) (v - a_l), a_l = 1 - p_k / p_l, so that
/// ln lambda is a sum of multiples of ln(v - a), 0 <= a <= 1. At each radius |v| it has one real
/// point: the angle under which [a_l, a] is seen from v is a positive harmonic function of ln v
/// that vanishes on the negative axis.
class GateLaws {
public:
    struct Gates {
        double share = 1; ///< of open units, in (0, 1]
        std::int64_t count = 1;
    };
    /// What lambda is at v = exp(logRadius + i angle); all sums are over the layers.
    struct Value {
        double argument = 0;     ///< of lambda, zero on the curve
        double slope = 0;        ///< its derivative by the angle
        double pull = 0;         ///< its derivative by logRadius
        double logLambda = 0;    ///< ln |lambda| at sigma_w = 1
        double massArgument = 0; ///< pi times P(larger eigenvalue), on the curve
        double density = 0;      ///< of ln lambda, on the curve
    };

    /// `gates` is not empty.
    GateLaws(double open, const std::vector<Gates>& gates);

    [[nodiscard]] Value at(Ensemble ensemble, double logRadius, double angle) const;

private:
    struct Layers {
        double count = 0;
        double share = 0;
        double pole = 0;     ///< a_l
        double logRatio = 0; ///< ln(p_l / p_k)
    };
    double m_logOpen;
    double m_depth = 0;
    double m_share = 1;           ///< p_k
    double m_fewest = 0;          ///< layers that have it
    std::vector<Layers> m_layers; ///< all others
};

} // namespace initlens::theory
