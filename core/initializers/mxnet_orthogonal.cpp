#include "core/initializers/common_params.h"
#include "core/initializers/orthogonal_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1.414)};

} // namespace

constinit const Initializer mxnetOrthogonalRow = scaledOrthogonal(
    {.id = "mxnet_orthogonal",
     .label = "MXNet Orthogonal",
     .group = "framework defaults",
     .formula = "gain Q, the shorter side of Q orthonormal",
     .source = "MXNet 1 initializer.Orthogonal",
     .help = "The default gain is 1.414, meant for ReLU. MXNet takes the singular vectors of a "
             "matrix of uniform numbers, which are nearly but not exactly uniformly distributed; "
             "here Q is exactly so.",
     .params = paramSpecs});

} // namespace initlens::initializers
