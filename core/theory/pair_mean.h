#pragma once

#include "core/theory/activation_function.h"

namespace initlens::theory {

/// What two pre-activations (u, v), jointly normal, of variance q each and correlation c, become;
/// means over the outputs of a unit.
struct PairMean {
    /// E[(phi(u) - phi(v))^2] / 2 = E[phi^2] - E[phi(u) phi(v)], right in its own digits even where
    /// u and v nearly agree.
    double distance = 0;
    double slopes = 0; ///< E[phi'(u) phi'(v)]
};

/// `decorrelation` = 1 - c, from 0 to 2. In the rotated coordinates u, v = sqrt(q) (a x +- b y),
/// a^2 = (1 + c) / 2, b^2 = (1 - c) / 2, with panels parted where u or v is at a kink. Relative
/// error some 1e-14 for activations that bend within a few tens of h = 0.
PairMean pairMean(const ActivationFunction& phi, double q, double decorrelation);

} // namespace initlens::theory
