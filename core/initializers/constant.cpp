#include "core/initializers/constant_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "value",
                                     .label = "value",
                                     .help = "Value of every weight.",
                                     .initial = 0.1,
                                     .min = -1e6,
                                     .max = 1e6}};

double value(std::span<const double> params)
{
    return params[0];
}

} // namespace

constinit const Initializer constantRow = allEqual<&value>(
    {.id = "constant",
     .label = "constant",
     .group = "basic",
     .formula = "value",
     .source = "Keras 3 Constant; PyTorch 2 constant_",
     .help = "Every weight has the same value: all units of a layer are the same unit, before "
             "training and after. The matrix has rank 1.",
     .params = paramSpecs});

} // namespace initlens::initializers
