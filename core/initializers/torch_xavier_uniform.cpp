#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1)};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    return uniformOfVariance(params[0] * params[0] / fanOf(Fan::Average, shape));
}

} // namespace

constinit const Initializer torchXavierUniformRow = independent<&law>(
    {.id = "torch_xavier_uniform",
     .label = "PyTorch xavier_uniform_",
     .group = "framework defaults",
     .formula = "U(-limit, limit), limit = gain sqrt(6 / (fan_in + fan_out))",
     .source = "PyTorch 2 torch.nn.init.xavier_uniform_",
     .help = "Glorot's uniform law times a gain. calculate_gain gives 5/3 for tanh, which is a "
             "choice and not what keeps the second moment (1.5925 at 1).",
     .params = paramSpecs});

} // namespace initlens::initializers
