#include "core/initializers/common_params.h"
#include "core/initializers/orthogonal_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1.1)};

} // namespace

constinit const Initializer chainerOrthogonalRow = scaledOrthogonal(
    {.id = "chainer_orthogonal",
     .label = "Chainer Orthogonal",
     .group = "framework defaults",
     .formula = "gain Q, the shorter side of Q orthonormal",
     .source = "Chainer 7 initializers.Orthogonal",
     .help = "The default gain is 1.1: a linear network of 50 layers grows by a factor of 117. "
             "Chainer takes the singular vectors of a normal matrix, whose signs are the "
             "routine's; here Q is uniformly distributed.",
     .params = paramSpecs});

} // namespace initlens::initializers
