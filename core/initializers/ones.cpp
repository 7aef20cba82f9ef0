#include "core/initializers/constant_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

double value(std::span<const double> /*params*/)
{
    return 1;
}

} // namespace

constinit const Initializer onesRow = allEqual<&value>(
    {.id = "ones",
     .label = "ones",
     .group = "basic",
     .formula = "1",
     .source = "Keras 3 Ones; PyTorch 2 ones_",
     .help = "Every weight is one: all units of a layer are the same unit, and sums grow by the "
             "fan-in a layer. Gradients are the same for all units too, so they never become "
             "different."});

} // namespace initlens::initializers
