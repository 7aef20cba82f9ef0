#include "core/initializers/critical_orthogonal.h"

#include "core/initializers/rows.h"

namespace initlens::initializers {

constinit const Initializer criticalOrthogonalRow = criticalOrthogonal(
    {.id = "critical_orthogonal",
     .label = "critical orthogonal",
     .group = "edge of chaos",
     .formula = "sigma_w Q, Q orthogonal, sigma_w^2 = 1 / E[phi'^2], biases N(0, q* - sigma_w^2 "
                "E[phi^2])",
     .source = "Pennington, Schoenholz and Ganguli 2017, section 2",
     .help = "Orthogonal weights on the edge of chaos of the activation. With a small q* all "
             "singular values of the Jacobian of tanh and its like come near 1. It sets the "
             "biases as well.",
     .params = edgeParams});

} // namespace initlens::initializers
