#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return uniformOfVariance(16 / fanOf(Fan::Average, shape));
}

} // namespace

constinit const Initializer dl4jSigmoidUniformRow = independent<&law>(
    {.id = "dl4j_sigmoid_uniform",
     .label = "DL4J SIGMOID_UNIFORM",
     .group = "framework defaults",
     .formula = "U(-limit, limit), limit = 4 sqrt(6 / (fan_in + fan_out))",
     .source = "Deeplearning4j 1.0 WeightInitSigmoidUniform; Bengio 2012, section 3.1",
     .help = "16 times Glorot's variance, to make up for the slope of 1/4 of the sigmoid at "
             "zero."});

} // namespace initlens::initializers
