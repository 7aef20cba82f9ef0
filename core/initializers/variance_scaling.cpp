#include "core/initializers/variance_scaling.h"

#include "core/initializers/common_params.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr std::string_view distributionNames[] = {"truncated_normal", "normal", "uniform"};

constexpr ParamSpec paramSpecs[] = {{.key = "scale",
                                     .label = "scale",
                                     .help = "Variance times number of connections.",
                                     .initial = 1,
                                     .min = smallestDeviation,
                                     .max = largestDeviation},
                                    modeParam(Fan::In),
                                    {.key = "distribution",
                                     .label = "distribution",
                                     .help = "Law of the weights; each has the same variance.",
                                     .initial = 0,
                                     .max = 2,
                                     .options = distributionNames}};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    constexpr ElementLaw (*laws[])(double) = {&truncatedNormalOfVariance, &normalOfVariance,
                                              &uniformOfVariance};
    const double variance = params[0] / fanOf(optionOf<Fan>(params[1]), shape);
    return laws[static_cast<std::size_t>(params[2])](variance);
}

} // namespace

constinit const Initializer varianceScalingRow = independent<&law>(
    {.id = "variance_scaling",
     .label = "variance scaling",
     .group = "variance scaling",
     .formula = "variance scale / n, n by mode",
     .source = "Keras 3 VarianceScaling; JAX 0.4 variance_scaling (fan_geo_avg)",
     .help = "The family that LeCun, Glorot and He belong to: scale 1 by fan_in, 1 by fan_avg, 2 "
             "by fan_in. Truncated normals have their variance corrected, as in Keras and JAX.",
     .params = paramSpecs});

} // namespace initlens::initializers
