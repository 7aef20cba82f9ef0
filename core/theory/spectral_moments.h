#pragma once

#include "core/theory/free_product.h"

#include <array>

namespace initlens::theory {

/// Natural logarithms of the moments m_k = E[lambda^k], k = 1 .. 4, of a free product at sigma_w =
/// 1, from the moments of d in its layers. -infinity where every slope of a layer is zero.
///
/// With lambda = F(m) / m, where F is a product over the layers, Lagrange's inversion gives m_k =
/// (1/k) [m^(k-1)] F(m)^k (Pennington, Schoenholz and Ganguli 2018, appendix). The growth mu_1^(kL)
/// stays a logarithm, so that no depth overflows.
std::array<double, 4> logMoments(const SlopeLaws& slopes, Ensemble ensemble);

} // namespace initlens::theory
