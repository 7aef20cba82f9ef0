#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1)};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    return normalOfVariance(params[0] * params[0] / fanOf(Fan::Average, shape));
}

} // namespace

constinit const Initializer torchXavierNormalRow = independent<&law>(
    {.id = "torch_xavier_normal",
     .label = "PyTorch xavier_normal_",
     .group = "framework defaults",
     .formula = "N(0, gain^2 2 / (fan_in + fan_out))",
     .source = "PyTorch 2 torch.nn.init.xavier_normal_",
     .help = "Not truncated, unlike the Glorot normal of Keras, JAX and TensorFlow. The variance "
             "is the same.",
     .params = paramSpecs});

} // namespace initlens::initializers
