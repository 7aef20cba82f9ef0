#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {meanParam(), deviationParam(0.05)};

ElementLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    return normalLaw(params[0], params[1]);
}

} // namespace

constinit const Initializer normalRow = independent<&law>(
    {.id = "normal",
     .label = "normal",
     .group = "basic",
     .formula = "N(mean, std^2)",
     .source = "Keras 3 RandomNormal (mean 0, std 0.05); PyTorch 2 normal_ (0, 1)",
     .help = "The same deviation at any width: fan-in x std^2 decides whether signals grow or "
             "fade, so one value suits one width only.",
     .params = paramSpecs});

} // namespace initlens::initializers
