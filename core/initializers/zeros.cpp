#include "core/initializers/constant_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

double value(std::span<const double> /*params*/)
{
    return 0;
}

} // namespace

constinit const Initializer zerosRow = allEqual<&value>(
    {.id = "zeros",
     .label = "zeros",
     .group = "basic",
     .formula = "0",
     .source = "Keras 3 Zeros; PyTorch 2 zeros_",
     .help = "Every weight is zero: no signal passes and no gradient, whatever the depth. It "
             "serves to see that."});

} // namespace initlens::initializers
