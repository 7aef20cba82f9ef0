#pragma once

#include "core/theory/activation_function.h"

#include <optional>
#include <string_view>

namespace initlens::theory {

/// The gains of an activation at pre-activations h ~ N(0, q): a gain is sigma_w, the standard
/// deviation of a weight times sqrt(fan-in) (fan-out for `backward`). Infinite where the
/// expectation vanishes.
struct Gains {
    double q = 1;
    double mean = 0;              ///< E[phi]
    double secondMoment = 0;      ///< E[phi^2]
    double slopeSecondMoment = 0; ///< E[phi'^2], almost everywhere: steps do not count
    double slopeFourthMoment = 0; ///< E[phi'^4]
    double forward = 0;           ///< sqrt(q / E[phi^2]): without biases q is kept
    double backward = 0;          ///< 1 / sqrt(E[phi'^2]): gradients are kept, chi_1 = 1
    double compromise = 0;        ///< geometric mean of the two: each is off by the same factor

    /// E[phi'^4] / E[phi'^2]^2 - 1, the spread of the squared slopes: 0 allows dynamical isometry
    /// with orthogonal weights (Pennington et al. 2018).
    [[nodiscard]] double slopeSpread() const
    {
        return slopeFourthMoment / (slopeSecondMoment * slopeSecondMoment) - 1;
    }
};

/// 0 < q. Sources: He et al. 2015, equations 10 and 14; Schoenholz et al. 2017, equation 5.
Gains gains(const ActivationFunction& phi, double q);

/// What PyTorch's calculate_gain gives for an activation, and what it does to a deep network.
struct LibraryGain {
    std::string_view name; ///< the argument `nonlinearity`
    double gain = 1;
    double forwardFactor = 1;  ///< gain^2 E[phi^2] / q: of the second moment, a layer
    double backwardFactor = 1; ///< gain^2 E[phi'^2]: of the squared gradients, a layer
};

/// Nothing where calculate_gain (PyTorch 2) does not know the activation. It is recognised by its
/// values, so that a formula for relu is relu.
std::optional<LibraryGain> libraryGain(const ActivationFunction& phi, const Gains& gains);

} // namespace initlens::theory
