#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return truncatedNormalOfVariance(2 / fanOf(Fan::In, shape));
}

} // namespace

constinit const Initializer heNormalRow = independent<&law>(
    {.id = "he_normal",
     .label = "He (Kaiming) normal",
     .group = "variance scaling",
     .formula = "N(0, 2 / fan_in), truncated, variance corrected",
     .source = "He, Zhang, Ren and Sun 2015, equation 10; Keras 3 HeNormal",
     .help = "Makes up for the half that ReLU takes, so the second moment keeps its mean. In one "
             "network of width N it still wanders as exp(-2.5 depth / N). Truncated with the "
             "variance kept."});

} // namespace initlens::initializers
