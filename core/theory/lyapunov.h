#pragma once

#include "core/theory/slope_law.h"

#include <cstdint>
#include <vector>

namespace initlens::theory {

/// psi(x), the derivative of ln Gamma, for x > 0.
double digamma(double x);

/// Lyapunov exponents of the product of infinitely many Gaussian matrices of order `width` with
/// variance sigmaW2 / width, descending: what (ln s_i) / L of a linear network tends to when depth
/// exceeds width by far. ln sigma_w + (ln(2 / N) + psi((N - i + 1) / 2)) / 2 (Newman 1986).
std::vector<double> lyapunovExponents(int width, double sigmaW2);

/// The same for factors D W with sigma_w = 1 and squared slopes d of this law, independent from
/// unit to unit. With y = (i - 1/2) / N the exponent is -ln S(-y) / 2, S the S-transform of D W
/// (Tucci 2010, theorem 3.2), which is ln(w y) / 2 where w solves E[d / (w + d)] = y. Of the finite
/// width it has what is exact for gates, whose exponents are those of Gaussian matrices of as many
/// rows as are open. -infinity beyond the mean number of open units.
std::vector<double> lyapunovExponents(int width, SlopeLaw& slopes);

/// Mean of the smallest of `layers` numbers of open units, where each of `width` units is open with
/// probability `share`: no more singular values than that are not zero.
double fewestOpen(int width, double share, std::int64_t layers);

} // namespace initlens::theory
