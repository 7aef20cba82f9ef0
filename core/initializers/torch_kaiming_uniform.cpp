#include "core/initializers/independent.h"
#include "core/initializers/kaiming.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {modeParam(Fan::In, twoFans), nonlinearityParam, leakParam};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    return uniformOfVariance(kaimingVariance(shape, params));
}

} // namespace

constinit const Initializer torchKaimingUniformRow = independent<&law>(
    {.id = "torch_kaiming_uniform",
     .label = "PyTorch kaiming_uniform_",
     .group = "framework defaults",
     .formula = "U(-limit, limit), limit = gain sqrt(3 / fan)",
     .source = "PyTorch 2 torch.nn.init.kaiming_uniform_ and calculate_gain",
     .help = "With slope = sqrt(5) = 2.236 this is what nn.Linear does by default: a sixth of "
             "He's variance.",
     .params = paramSpecs});

} // namespace initlens::initializers
