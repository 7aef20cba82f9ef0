#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "scale",
                                     .label = "scale",
                                     .help = "Variance times number of connections.",
                                     .initial = 1,
                                     .min = smallestDeviation,
                                     .max = largestDeviation},
                                    modeParam(Fan::In, threeFans)};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    const double variance = params[0] / fanOf(optionOf<Fan>(params[1]), shape);
    return truncatedNormalLaw(0, std::sqrt(variance));
}

} // namespace

constinit const Initializer tf1VarianceScalingRow = independent<&law>(
    {.id = "tf1_variance_scaling",
     .label = "TensorFlow 1 variance scaling",
     .group = "framework defaults",
     .formula = "N(0, scale / fan) within two standard deviations, not corrected",
     .source = "Early TensorFlow 1 variance_scaling_initializer; TensorFlow.js 4",
     .help = "Early TensorFlow 1, and TensorFlow.js still, truncate without making up for it: "
             "the variance is 0.774 scale / fan. A 50-layer ReLU network with scale 2 loses a "
             "factor of 370000 of its second moment.",
     .params = paramSpecs});

} // namespace initlens::initializers
