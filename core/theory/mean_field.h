#pragma once

#include "core/theory/activation_function.h"
#include "core/theory/correlation_map.h"

#include <optional>
#include <string_view>
#include <vector>

namespace initlens::theory {

/// Where V(q) = q: V(q) = sigma_w^2 E_q[phi^2] + sigma_b^2, the variance of the pre-activations one
/// layer on (Poole et al. 2016, equation 3).
struct FixedPoint {
    double q = 0;
    double slope = 0; ///< V'(q)
    [[nodiscard]] bool stable() const { return slope < 1; }
};

/// All fixed points in 1e-14 <= q <= 1e14, ascending, and q = 0 where V(0) = 0. Empty for a map
/// that conserves every q.
std::vector<FixedPoint> fixedPoints(const ActivationFunction& phi, const LayerLaw& law);

enum class Phase { Ordered, Critical, Chaotic, Diverging };
std::string_view phaseName(Phase phase);

/// The infinitely wide network, deep inside (Schoenholz et al. 2017). A depth scale is a number of
/// layers: perturbations shrink as exp(-l / xi); absent where they do not decay at all (a scale
/// without end) or have no fixed point to decay to.
struct MeanField {
    LayerLaw law;
    /// The fixed point that a pre-activation variance of 1 flows to. Absent when q diverges, when
    /// every q is conserved (relu at sigma_w^2 = 2), and when q falls to 0 ever more slowly (tanh
    /// at sigma_w = 1 without biases).
    std::optional<double> qStar;
    std::optional<double> qSlope;           ///< V'(q*)
    std::optional<double> chi1;             ///< sigma_w^2 E_q*[phi'^2], the gradients' factor
    std::optional<double> cStar;            ///< correlation that two inputs flow to
    std::optional<double> cSlope;           ///< C'(c*)
    std::optional<double> lengthDepth;      ///< xi_q = -1 / ln |V'(q*)|
    std::optional<double> correlationDepth; ///< xi_c = -1 / ln C'(c*)
    std::optional<double> gradientDepth;    ///< xi_grad = -1 / ln chi_1; negative: they explode
    Phase phase = Phase::Ordered;
    bool conserved = false; ///< every q is a fixed point
    bool algebraic = false; ///< q falls to 0 as a power of the depth
    std::vector<FixedPoint> fixedPoints;
};

MeanField meanField(const ActivationFunction& phi, const LayerLaw& law);

/// chi_1 within it of 1 is critical.
inline constexpr double criticalTolerance = 1e-6;

} // namespace initlens::theory
