#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {meanParam(), deviationParam(1)};

ElementLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    return truncatedNormalLaw(params[0], params[1]);
}

} // namespace

constinit const Initializer tf1TruncatedNormalRow = independent<&law>(
    {.id = "tf1_truncated_normal",
     .label = "TensorFlow 1 truncated normal",
     .group = "framework defaults",
     .formula = "N(mean, std^2) within two standard deviations",
     .source = "TensorFlow 1 truncated_normal_initializer (mean 0, stddev 1)",
     .help = "The deviation is the one before truncation: what comes out has 0.8796 of it, 77 % "
             "of the variance. The default of 1 is far too large for any network.",
     .params = paramSpecs});

} // namespace initlens::initializers
