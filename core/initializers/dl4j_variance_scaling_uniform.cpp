#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {modeParam(Fan::In, threeFans)};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    return symmetricUniformLaw(3 / std::sqrt(fanOf(optionOf<Fan>(params[0]), shape)));
}

} // namespace

constinit const Initializer dl4jVarianceScalingUniformRow = independent<&law>(
    {.id = "dl4j_variance_scaling_uniform",
     .label = "DL4J VAR_SCALING_UNIFORM",
     .group = "framework defaults",
     .formula = "U(-limit, limit), limit = 3 / sqrt(fan)",
     .source = "Deeplearning4j 1.0 WeightInitVarScalingUniformFanIn, FanOut and FanAvg",
     .help = "Documented with the limit 3 / fan, but the code takes 3 / sqrt(fan): three times "
             "the variance 1 / fan that the name promises.",
     .params = paramSpecs});

} // namespace initlens::initializers
