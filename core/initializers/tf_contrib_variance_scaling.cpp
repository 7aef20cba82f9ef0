#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr std::string_view distributionNames[] = {"truncated_normal", "uniform"};
constexpr ParamSpec distributionParam = {.key = "distribution",
                                         .label = "distribution",
                                         .help = "Law of the weights.",
                                         .initial = 0,
                                         .max = 1,
                                         .options = distributionNames};
constexpr ParamSpec paramSpecs[] = {
    {.key = "factor",
     .label = "factor",
     .help = "Variance times number of connections, but for the rounding.",
     .initial = 2,
     .min = smallestDeviation,
     .max = largestDeviation},
    modeParam(Fan::In, threeFans),
    distributionParam};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    const double variance = params[0] / fanOf(optionOf<Fan>(params[1]), shape);
    const bool uniform = params[2] == 1;
    return uniform ? uniformOfVariance(variance) : truncatedNormalLaw(0, std::sqrt(1.3 * variance));
}

} // namespace

constinit const Initializer tfContribVarianceScalingRow = independent<&law>(
    {.id = "tf_contrib_variance_scaling",
     .label = "tf.contrib variance scaling",
     .group = "framework defaults",
     .formula = "N(0, 1.3 factor / fan) within two standard deviations, or U(-limit, limit), "
                "limit = sqrt(3 factor / fan)",
     .source = "TensorFlow 1 tf.contrib.layers.variance_scaling_initializer",
     .help = "Makes up for the truncation by a rounded 1.3, so the variance is 1.0059 factor / "
             "fan. The initializer of almost the same name in the same library does not make up "
             "for it at all.",
     .params = paramSpecs});

} // namespace initlens::initializers
