#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {meanParam(), deviationParam(0.05)};

ElementLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    return truncatedNormalLaw(params[0], params[1]);
}

} // namespace

constinit const Initializer truncatedNormalRow = independent<&law>(
    {.id = "truncated_normal",
     .label = "truncated normal",
     .group = "basic",
     .formula = "N(mean, std^2) within two standard deviations",
     .source = "Keras 3 TruncatedNormal (mean 0, std 0.05)",
     .help = "std is the deviation before the truncation, as in Keras: the weights end with "
             "0.8796 std, so 77 % of the variance that the name promises.",
     .params = paramSpecs});

} // namespace initlens::initializers
