#pragma once

namespace initlens::initializers {

/// Probability that a standard normal number is below z, with full relative accuracy for z < 0.
double normalProbability(double z);

/// Density of the standard normal law at z.
double normalDensity(double z);

/// The z with normalProbability(z) = p, 0 < p < 1, relative error about 1e-16 in the lower tail
/// (Wichura 1988, algorithm AS 241).
double normalQuantile(double p);

} // namespace initlens::initializers
