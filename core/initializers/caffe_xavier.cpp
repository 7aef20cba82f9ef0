#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {modeParam(Fan::In, threeFans)};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    return uniformOfVariance(1 / fanOf(optionOf<Fan>(params[0]), shape));
}

} // namespace

constinit const Initializer caffeXavierRow = independent<&law>(
    {.id = "caffe_xavier",
     .label = "Caffe xavier",
     .group = "framework defaults",
     .formula = "U(-limit, limit), limit = sqrt(3 / fan)",
     .source = "Caffe 1 XavierFiller",
     .help = "Divides by the fan-in unless told otherwise: LeCun's uniform law under Glorot's "
             "name.",
     .params = paramSpecs});

} // namespace initlens::initializers
