#include "core/initializers/independent.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return symmetricUniformLaw(3 / std::sqrt(static_cast<double>(shape.fanIn())));
}

} // namespace

constinit const Initializer dl4jLecunUniformRow = independent<&law>(
    {.id = "dl4j_lecun_uniform",
     .label = "DL4J LECUN_UNIFORM",
     .group = "framework defaults",
     .formula = "U(-limit, limit), limit = 3 / sqrt(fan_in)",
     .source = "Deeplearning4j 1.0 WeightInitLecunUniform",
     .help = "3 stands where sqrt(3) should: three times the variance of LeCun's law."});

} // namespace initlens::initializers
