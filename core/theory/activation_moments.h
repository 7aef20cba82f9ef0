#pragma once

#include "core/theory/activation_function.h"

#include <array>
#include <map>

namespace initlens::theory {

/// Means of one activation over h ~ N(0, q), and over the outputs of a unit where it has several.
struct ActivationMoments {
    double mean = 0;              ///< E[phi]
    double secondMoment = 0;      ///< E[phi^2]
    double secondMomentSlope = 0; ///< d E[phi^2] / dq = E[(z^2 - 1) phi^2] / (2 q), kinks included
    double fourthMoment = 0;      ///< E[phi^4]
    /// E[phi'^2] and E[phi'^4]: mu_1 and mu_2 of the squared slope.
    std::array<double, 2> slopeMoments{};
    /// Variance of the mean of phi^2 over a unit's outputs.
    double squareVariance = 0;
};

/// 0 < q. Sources: Poole et al. 2016, equation 3; Schoenholz et al. 2017, equations 5 and 8.
/// Relative error some 1e-15 where a moment does not vanish by symmetry.
ActivationMoments activationMoments(const ActivationFunction& phi, double q);

/// phi(s h) = s phi(h) for s > 0 (linear, relu and its like): all moments scale with q, exactly.
bool isHomogeneous(const ActivationFunction& phi);

/// How moments go on for ever smaller, or ever larger q.
enum class Tail {
    Unknown,  ///< as they are computed
    Linear,   ///< as those of a function that is straight on both sides of 0
    Constant, ///< they stay
    Spread,   ///< they stay from spreadVariance on: phi is bounded and oscillates without end, so
              ///< that its phase is spread evenly
};

/// Of q < smallVariance, from phi(0); of q > largeVariance, from values far out.
Tail tailAtZero(const ActivationFunction& phi);
Tail tailAtInfinity(const ActivationFunction& phi);
inline constexpr double smallVariance = 1e-24;
inline constexpr double largeVariance = 1e16;
inline constexpr double spreadVariance = 100;

/// Moments at many q near each other, as deep networks ask for them: what was computed is
/// interpolated to some 1e-13 in ln q, and very small and large q follow the tails. For one
/// thread.
class MomentTable {
public:
    explicit MomentTable(ActivationFunction phi);
    ActivationMoments at(double q);
    [[nodiscard]] const ActivationFunction& function() const { return m_phi; }
    [[nodiscard]] bool homogeneous() const { return m_homogeneous; }

private:
    static constexpr std::size_t nodes = 14;
    struct Stretch {
        int asked = 0;
        std::array<ActivationMoments, nodes> values{};
    };

    ActivationMoments interpolated(double q);
    ActivationMoments far(Tail tail, double q, double from);

    ActivationFunction m_phi;
    bool m_homogeneous;
    Tail m_atZero;
    Tail m_atInfinity;
    ActivationMoments m_unit{}; ///< at q = 1, of a homogeneous activation
    std::map<long, Stretch> m_stretches;
};

} // namespace initlens::theory
