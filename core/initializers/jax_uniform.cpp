#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "scale",
                                     .label = "scale",
                                     .help = "Upper end of the interval.",
                                     .initial = 0.01,
                                     .min = smallestDeviation,
                                     .max = largestDeviation}};

ElementLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    return uniformLaw(0, params[0]);
}

} // namespace

constinit const Initializer jaxUniformRow = independent<&law>(
    {.id = "jax_uniform",
     .label = "JAX uniform",
     .group = "framework defaults",
     .formula = "U(0, scale)",
     .source = "JAX 0.4 nn.initializers.uniform",
     .help = "Not centred: weights have mean scale / 2, which multiplies the common part of all "
             "units by fan-in x scale / 2 a layer and makes the units alike. PyTorch's uniform_ "
             "and TensorFlow 1's random_uniform start at 0 too.",
     .params = paramSpecs});

} // namespace initlens::initializers
