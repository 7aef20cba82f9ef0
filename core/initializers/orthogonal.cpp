#include "core/initializers/common_params.h"
#include "core/initializers/orthogonal_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1)};

} // namespace

constinit const Initializer orthogonalRow = scaledOrthogonal(
    {.id = "orthogonal",
     .label = "orthogonal",
     .group = "isometric",
     .formula = "gain Q, the shorter side of Q orthonormal",
     .source = "Saxe, McClelland and Ganguli 2014, section 3",
     .help = "Uniformly distributed (Haar) orthogonal matrices: all singular values are the "
             "gain. Where a layer widens, lengths are kept, so the second moment of a unit falls "
             "by fan_in / fan_out.",
     .params = paramSpecs});

} // namespace initlens::initializers
