#pragma once

#include "core/theory/ensemble.h"
#include "core/theory/slope_laws.h"

#include <cstdint>
#include <optional>

namespace initlens::theory {

/// The law of lambda, an eigenvalue of J J^T at sigma_w = 1, for J a product of L factors D W that
/// are free of each other (Pennington, Schoenholz and Ganguli 2018, section 2).
///
/// With M the moment transform of d, the squared slope (of several laws their geometric mean, see
/// SlopeLaws), and m = M(zeta) that of J J^T at lambda,
///   orthogonal: lambda = zeta^L (m / (1 + m))^(L-1),
///   Gaussian:   lambda = zeta^L m^(L-1) (1 + m).
/// The real lambda are a curve of zeta in the upper half plane. Its angle at a given radius is the
/// one zero of L angle + arg(...), which falls short of a linear function: -arg(1 + m) and
/// -arg(m / (1 + m)) - angle are positive harmonic functions of ln zeta on a strip and vanish on
/// the upper rim, so their ratio to the angle decreases (the argument of Huang and Zhong 2013 for
/// free multiplicative powers). Hence a bracketed search at each radius, without continuation;
/// lambda grows with the radius. What lies beyond a radius has its mass in closed form too, by
/// integrating (1 + m) d ln lambda along the curve. Unlike layers of gates have a zeta of their
/// own, see GateLaws.
class FreeProduct {
public:
    struct Point {
        double logRadius = 0;
        double angle = 0;
        double logLambda = 0;
        double massAbove = 0; ///< P(larger eigenvalue), atoms included
        double density = 0;   ///< of ln lambda; 0 in a gap
        double pace = 1;      ///< d ln lambda / d logRadius along the curve
        [[nodiscard]] bool inGap() const { return density == 0; }
    };

    FreeProduct(SlopeLaws& slopes, Ensemble ensemble);

    /// The point of the curve at a radius; `guess` is an angle nearby, or 0.
    [[nodiscard]] Point at(double logRadius, double guess = 0);
    /// Whether there is no density at this radius.
    [[nodiscard]] bool isGap(double logRadius);
    /// The radius where density begins, between a radius in a gap and one that is not.
    [[nodiscard]] double edge(double inGap, double inBulk);

private:
    struct Slack {
        double value = 0; ///< (arg lambda) / L
        double slope = 0; ///< by the angle
        double pull = 0;  ///< Im of d ln lambda / d ln zeta, over L
    };
    [[nodiscard]] Slack slackAt(double logRadius, double angle);
    [[nodiscard]] Slack slack(const std::optional<SlopeLaw::Transform>& transform,
                              double angle) const;
    [[nodiscard]] Point gatesAt(const GateLaws& gates, Point point) const;
    [[nodiscard]] double angleAt(double logRadius, double guess);
    [[nodiscard]] Point singleFactor(double logRadius);

    SlopeLaws& m_slopes;
    Ensemble m_ensemble;
    bool m_gaussian;
    bool m_single; ///< one orthogonal factor
    double m_depth;
    double m_share; ///< (L - 1) / L
};

} // namespace initlens::theory
