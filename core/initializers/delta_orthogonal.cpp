#include "core/initializers/common_params.h"
#include "core/initializers/isometric_kernel.h"
#include "core/initializers/orthogonal_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1)};

} // namespace

constinit const Initializer deltaOrthogonalRow =
    deltaOrthogonal<&scaledOrthogonalMoments>(scaledOrthogonal(
        {.id = "delta_orthogonal",
         .label = "delta-orthogonal",
         .group = "isometric",
         .formula = "gain Q at the centre tap, all other taps 0, the columns of Q orthonormal",
         .source = "Xiao, Bahri, Sohl-Dickstein, Schoenholz and Pennington 2018, algorithm 1; JAX "
                   "delta_orthogonal",
         .help = "The convolution keeps every length, times the gain, whatever the padding. Early "
                 "versions of TensorFlow multiplied by the square root of the gain. The centre of "
                 "an even kernel is the tap before its middle. Dense layers are orthogonal.",
         .params = paramSpecs}));

} // namespace initlens::initializers
