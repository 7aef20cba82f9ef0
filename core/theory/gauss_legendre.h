#pragma once

#include <array>
#include <cstddef>

namespace initlens::theory {

/// Nodes and weights of Gauss-Legendre quadrature on [-1, 1]: exact for polynomials of degree
/// 2 n - 1.
template <std::size_t n>
struct GaussLegendre {
    std::array<double, n> nodes{};
    std::array<double, n> weights{};
};

inline constexpr std::size_t panelNodes = 16;

/// The rule that every panel of theory uses.
const GaussLegendre<panelNodes>& panelRule();

} // namespace initlens::theory
