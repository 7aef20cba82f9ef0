#pragma once

#include <vector>

namespace initlens::theory {

/// psi(x), the derivative of ln Gamma, for x > 0.
double digamma(double x);

/// Lyapunov exponents of the product of infinitely many Gaussian matrices of order `width` with
/// variance sigmaW2 / width, descending: what (ln s_i) / L of a linear network tends to when depth
/// exceeds width by far. ln sigma_w + (ln(2 / N) + psi((N - i + 1) / 2)) / 2 (Newman 1986).
std::vector<double> lyapunovExponents(int width, double sigmaW2);

} // namespace initlens::theory
