#pragma once

#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

// The parameters and the variance of PyTorch's kaiming initializers, in this order: mode,
// nonlinearity, slope.
inline constexpr std::string_view nonlinearityNames[] = {"leaky_relu", "relu",    "linear",
                                                         "tanh",       "sigmoid", "selu"};
inline constexpr ParamSpec nonlinearityParam = {
    .key = "nonlinearity",
    .label = "nonlinearity",
    .help = "The activation whose gain calculate_gain looks up.",
    .initial = 0,
    .max = static_cast<double>(std::size(nonlinearityNames) - 1),
    .options = nonlinearityNames};
inline constexpr ParamSpec leakParam = {.key = "slope",
                                        .label = "negative slope",
                                        .help = "PyTorch's argument a; it counts for leaky_relu.",
                                        .initial = 0,
                                        .min = 0,
                                        .max = 100};

/// Square of calculate_gain(nonlinearity, slope).
inline double squaredTorchGain(double nonlinearity, double slope)
{
    const double squares[] = {2 / (1 + slope * slope), 2.0, 1.0, 25.0 / 9.0, 1.0, 9.0 / 16.0};
    return squares[static_cast<std::size_t>(nonlinearity)];
}

inline double kaimingVariance(const WeightShape& shape, std::span<const double> params)
{
    return squaredTorchGain(params[1], params[2]) / fanOf(optionOf<Fan>(params[0]), shape);
}

} // namespace initlens::initializers
