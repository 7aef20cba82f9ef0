#include "core/initializers/critical_orthogonal.h"
#include "core/initializers/isometric_kernel.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

constinit const Initializer criticalDeltaOrthogonalRow =
    deltaOrthogonal<&criticalOrthogonalMoments>(criticalOrthogonal(
        {.id = "critical_delta_orthogonal",
         .label = "critical delta-orthogonal",
         .group = "edge of chaos",
         .formula = "sigma_w Q at the centre tap, Q orthogonal, sigma_w^2 = 1 / E[phi'^2], biases "
                    "N(0, q* - sigma_w^2 E[phi^2])",
         .source = "Xiao, Bahri, Sohl-Dickstein, Schoenholz and Pennington 2018, section 3",
         .help = "Delta-orthogonal kernels on the edge of chaos of the activation: with a small "
                 "q*, signals and gradients pass through thousands of tanh convolutions. It sets "
                 "the biases as well.",
         .params = edgeParams}));

} // namespace initlens::initializers
