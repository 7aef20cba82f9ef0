#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return uniformOfVariance(1 / fanOf(Fan::In, shape));
}

} // namespace

constinit const Initializer lecunUniformRow = independent<&law>(
    {.id = "lecun_uniform",
     .label = "LeCun uniform",
     .group = "variance scaling",
     .formula = "U(-limit, limit), limit = sqrt(3 / fan_in)",
     .source = "LeCun, Bottou, Orr and Müller 1998, equation 16; Keras 3 LecunUniform",
     .help = "Variance 1 / fan_in. Caffe calls this very law xavier."});

} // namespace initlens::initializers
