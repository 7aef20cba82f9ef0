#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr std::string_view distributionNames[] = {"uniform", "normal"};
constexpr ParamSpec distributionParam = {.key = "distribution",
                                         .label = "distribution",
                                         .help = "Law of the weights (rnd_type in MXNet).",
                                         .initial = 0,
                                         .max = 1,
                                         .options = distributionNames};
constexpr ParamSpec paramSpecs[] = {
    distributionParam,
    modeParam(Fan::Average, threeFans),
    {.key = "magnitude",
     .label = "magnitude",
     .help = "Square of the limit, times the number of connections.",
     .initial = 3,
     .min = smallestDeviation,
     .max = largestDeviation}};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    const double limit = std::sqrt(params[2] / fanOf(optionOf<Fan>(params[1]), shape));
    return params[0] == 1 ? normalLaw(0, limit) : symmetricUniformLaw(limit);
}

} // namespace

constinit const Initializer mxnetXavierRow = independent<&law>(
    {.id = "mxnet_xavier",
     .label = "MXNet Xavier",
     .group = "framework defaults",
     .formula = "U(-limit, limit) or N(0, limit^2), limit = sqrt(magnitude / fan)",
     .source = "MXNet 1 initializer.Xavier",
     .help = "The uniform law is Glorot's. With distribution=normal the same magnitude of 3 "
             "becomes the variance itself: three times Glorot's.",
     .params = paramSpecs});

} // namespace initlens::initializers
