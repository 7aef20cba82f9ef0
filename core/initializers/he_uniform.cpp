#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return uniformOfVariance(2 / fanOf(Fan::In, shape));
}

} // namespace

constinit const Initializer heUniformRow =
    independent<&law>({.id = "he_uniform",
                       .label = "He (Kaiming) uniform",
                       .group = "variance scaling",
                       .formula = "U(-limit, limit), limit = sqrt(6 / fan_in)",
                       .source = "He, Zhang, Ren and Sun 2015, equation 10; Keras 3 HeUniform",
                       .help = "The same variance as He normal with bounded weights."});

} // namespace initlens::initializers
