#pragma once

#include "core/base/matrix.h"

#include <vector>

namespace initlens::diagnostics {

/// Gradients of one function f(x) = <v, x^L> of one network at points x_1, x_2, ... of a straight
/// path. All are in a unit common to them, in which their norms have a root mean square of one:
/// that unit can lie far outside the range of a double.
struct PathGradients {
    std::vector<double> positions; ///< t of every point, rising, at least two
    Matrix<double> gradients;      ///< inputs x points: df/dx
    std::vector<double> slopes;    ///< df/dt
};

/// Autocovariance over autocovariance at lag 0, of lags 0 .. `lags` (fewer than there are values):
///
///     sum_i (g_i - mean) (g_{i+k} - mean) / sum_i (g_i - mean)^2.
///
/// Not-a-number where all values are equal.
std::vector<double> autocorrelation(const std::vector<double>& values, std::size_t lags);

/// The same of `count` independent numbers of equal variance and of their running sums ("brown
/// noise"): expected numerator over expected denominator (Balduzzi et al. 2017, section 2).
std::vector<double> whiteAutocorrelation(std::size_t count, std::size_t lags);
std::vector<double> brownAutocorrelation(std::size_t count, std::size_t lags);

/// A sample of either noise with a root mean square of one, the same at every call.
std::vector<double> whiteNoise(std::size_t count);
std::vector<double> brownNoise(std::size_t count);

} // namespace initlens::diagnostics
