#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return truncatedNormalOfVariance(1 / fanOf(Fan::Average, shape));
}

} // namespace

constinit const Initializer glorotNormalRow = independent<&law>(
    {.id = "glorot_normal",
     .label = "Glorot (Xavier) normal",
     .group = "variance scaling",
     .formula = "N(0, 2 / (fan_in + fan_out)), truncated, variance corrected",
     .source = "Glorot and Bengio 2010, equation 12; Keras 3 GlorotNormal",
     .help = "A compromise between keeping signals and keeping gradients, made for activations "
             "with slope 1 at zero. Behind ReLU it halves the second moment every layer. "
             "Truncated with the variance kept."});

} // namespace initlens::initializers
