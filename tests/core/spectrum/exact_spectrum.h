#pragma once

#include "tests/core/spectrum/given_factors.h"

namespace initlens::spectrum {

/// log10 of all singular values of a Jacobian, descending, from a product and one-sided Jacobi
/// rotations with `bits` bits in every number; -infinity for an exact zero. `bits` must cover the
/// spread of the values and sixty more.
std::vector<double> exactLogs(const GivenFactors& factors, Scope::Kind scope, Index layer,
                              int bits);

/// Expects every value within its bound of the exact one, and the exact zeros counted. Returns the
/// largest error.
double expectWithinBounds(const LayerSpectrum& spectrum, const std::vector<double>& exact);

} // namespace initlens::spectrum
