#include "core/initializers/independent.h"
#include "core/initializers/rows.h"

#include <string_view>

namespace initlens::initializers {

namespace {

constexpr std::string_view switchNames[] = {"on", "off"};

constexpr ParamSpec paramSpecs[] = {{.key = "bias",
                                     .label = "own bias",
                                     .help = "Biases uniform on the same interval, as nn.Linear "
                                             "draws them; off takes the network's own.",
                                     .initial = 0,
                                     .max = 1,
                                     .options = switchNames}};

double limit(const WeightShape& shape)
{
    return 1 / std::sqrt(static_cast<double>(shape.fanIn()));
}

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return symmetricUniformLaw(limit(shape));
}

std::optional<OwnBias> ownBias(const WeightShape& shape, std::span<const double> params)
{
    const bool on = params[0] == 0;
    return on ? std::optional(OwnBias{limit(shape)}) : std::nullopt;
}

constexpr Initializer makeRow()
{
    Initializer row = independent<&law>(
        {.id = "torch_linear",
         .label = "PyTorch nn.Linear default",
         .group = "framework defaults",
         .formula = "U(-limit, limit), limit = 1 / sqrt(fan_in), biases too",
         .source = "PyTorch 2 nn.Linear.reset_parameters, kaiming_uniform_ with a = sqrt(5)",
         .help = "Called Kaiming in the code, but its variance is 1 / (3 fan_in), a sixth of He's: "
                 "with ReLU the weights' part of the second moment falls six times a layer. The "
                 "biases are uniform too.",
         .params = paramSpecs});
    row.ownBias = &ownBias;
    return row;
}

} // namespace

constinit const Initializer torchLinearRow = makeRow();

} // namespace initlens::initializers
