#pragma once

#include "core/base/registry.h"

namespace initlens::initializers {

// Parameters that several rows share. The smallest deviations and factors are far below anything
// useful but above zero: a matrix of zeros has its own row.
inline constexpr double smallestDeviation = 1e-30;
inline constexpr double largestDeviation = 1e6;

constexpr ParamSpec deviationParam(double initial)
{
    return {.key = "std",
            .label = "standard deviation",
            .help = "Standard deviation of a weight.",
            .initial = initial,
            .min = smallestDeviation,
            .max = largestDeviation};
}

constexpr ParamSpec meanParam()
{
    return {.key = "mean",
            .label = "mean",
            .help = "Mean of a weight.",
            .initial = 0,
            .min = -1e6,
            .max = 1e6};
}

constexpr ParamSpec gainParam(double initial)
{
    return {.key = "gain",
            .label = "gain",
            .help = "Factor of all weights.",
            .initial = initial,
            .min = smallestDeviation,
            .max = largestDeviation};
}

} // namespace initlens::initializers
