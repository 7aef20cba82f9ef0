#include "core/initializers/independent.h"
#include "core/initializers/kaiming.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {modeParam(Fan::In, twoFans), nonlinearityParam, leakParam};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    return normalOfVariance(kaimingVariance(shape, params));
}

} // namespace

constinit const Initializer torchKaimingNormalRow = independent<&law>(
    {.id = "torch_kaiming_normal",
     .label = "PyTorch kaiming_normal_",
     .group = "framework defaults",
     .formula = "N(0, gain^2 / fan)",
     .source = "PyTorch 2 torch.nn.init.kaiming_normal_ and calculate_gain",
     .help = "Not truncated, unlike the He normal of Keras. The gain comes from a table that has "
             "no GELU, SiLU or Mish, and whose 3/4 for SELU breaks its self-normalization.",
     .params = paramSpecs});

} // namespace initlens::initializers
