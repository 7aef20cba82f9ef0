#pragma once

#include "core/theory/activation_function.h"

#include <optional>
#include <string>
#include <vector>

namespace initlens::theory {

/// A point of the edge of chaos, where chi_1 = 1: sigma_w^2 = 1 / E_q[phi'^2] and
/// sigma_b^2 = q - sigma_w^2 E_q[phi^2] at q = q* (Schoenholz et al. 2017, section 3).
struct EdgePoint {
    /// Absent where weights and biases are critical at every q (relu).
    std::optional<double> qStar;
    double sigmaW2 = 0;
    double sigmaB2 = 0;
    double qSlope = 0;   ///< V'(q*)
    bool stable = false; ///< V'(q*) <= 1: networks started nearby flow to q*
};

/// The point with that q* > 0; nothing where it would need a negative variance of the biases.
std::optional<EdgePoint> edgeAt(const ActivationFunction& phi, double qStar);

/// All points with that variance of the biases, q* ascending, for 1e-10 <= q* <= 1e8; for
/// sigma_b^2 = 0 the limit q* = 0 of activations through the origin as well.
std::vector<EdgePoint> edgeWithBias(const ActivationFunction& phi, double sigmaB2);

/// Why an activation has no edge of chaos, or none with biases; empty when it has one. `name`
/// begins the sentence.
std::string whyNoEdge(const ActivationFunction& phi, const std::string& name);

} // namespace initlens::theory
