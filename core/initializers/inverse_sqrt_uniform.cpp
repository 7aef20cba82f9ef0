#include "core/initializers/independent.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return symmetricUniformLaw(1 / std::sqrt(static_cast<double>(shape.fanIn())));
}

} // namespace

constinit const Initializer inverseSqrtUniformRow = independent<&law>(
    {.id = "inverse_sqrt_uniform",
     .label = "uniform, n^-0.5",
     .group = "variance scaling",
     .formula = "U(-limit, limit), limit = 1 / sqrt(fan_in)",
     .source = "Glorot and Bengio 2010, equation 1",
     .help = "The old rule of thumb. Its variance is 1/3 of 1 / fan_in, so signals lose at least "
             "a factor of 3 of their second moment a layer. The other reading of n^-0.5, a "
             "normal with that deviation, is scaled_gaussian."});

} // namespace initlens::initializers
