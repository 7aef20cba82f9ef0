#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return uniformOfVariance(1 / fanOf(Fan::Average, shape));
}

} // namespace

constinit const Initializer glorotUniformRow = independent<&law>(
    {.id = "glorot_uniform",
     .label = "Glorot (Xavier) uniform",
     .group = "variance scaling",
     .formula = "U(-limit, limit), limit = sqrt(6 / (fan_in + fan_out))",
     .source = "Glorot and Bengio 2010, equation 16; Keras 3 GlorotUniform",
     .help = "The default of Keras, whatever the activation: with ReLU and equal widths the "
             "second moment halves every layer."});

} // namespace initlens::initializers
