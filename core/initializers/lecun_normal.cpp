#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return truncatedNormalOfVariance(1 / fanOf(Fan::In, shape));
}

} // namespace

constinit const Initializer lecunNormalRow = independent<&law>(
    {.id = "lecun_normal",
     .label = "LeCun normal",
     .group = "variance scaling",
     .formula = "N(0, 1 / fan_in), truncated, variance corrected",
     .source = "LeCun, Bottou, Orr and Müller 1998, equation 16; Keras 3 LecunNormal",
     .help = "Keeps the second moment of linear networks and suits SELU. Truncated with the "
             "variance kept, as in Keras and JAX."});

} // namespace initlens::initializers
