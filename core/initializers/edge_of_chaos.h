#pragma once

#include "core/initializers/initializer.h"

namespace initlens::initializers {

/// The parameter of rows on the edge of chaos.
inline constexpr ParamSpec edgeParams[] = {
    {.key = "q_star",
     .label = "q*",
     .help = "Variance of the pre-activations that the network keeps; small: nearly linear.",
     .initial = 0.1,
     .min = 1e-10,
     .max = 1e6}};

/// sigma_w of such a row: what theory has appended, else 1.
inline double sigmaWOnEdge(std::span<const double> params)
{
    return params.size() > 1 ? params[1] : 1;
}

} // namespace initlens::initializers
