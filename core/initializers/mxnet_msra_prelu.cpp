#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {modeParam(Fan::Average, threeFans),
                                    {.key = "slope",
                                     .label = "slope",
                                     .help = "Slope of the leaky ReLU that follows.",
                                     .initial = 0.25,
                                     .min = 0,
                                     .max = 10}};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    const double numerator = 2 / (1 + params[1] * params[1]);
    return normalOfVariance(numerator / fanOf(optionOf<Fan>(params[0]), shape));
}

} // namespace

constinit const Initializer mxnetMsraPreluRow = independent<&law>(
    {.id = "mxnet_msra_prelu",
     .label = "MXNet MSRAPrelu",
     .group = "framework defaults",
     .formula = "N(0, 2 / ((1 + slope^2) fan))",
     .source = "MXNet 1 initializer.MSRAPrelu",
     .help = "Not He's law by default: it takes the mean of fan-in and fan-out, and a leaky "
             "slope of 0.25, so 1.88 instead of 2.",
     .params = paramSpecs});

} // namespace initlens::initializers
