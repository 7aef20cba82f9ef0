#include "core/initializers/edge_of_chaos.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    const double sigmaW = sigmaWOnEdge(params);
    return normalOfVariance(sigmaW * sigmaW / static_cast<double>(shape.fanIn()));
}

constexpr Initializer makeRow()
{
    Initializer row = independent<&law>(
        {.id = "critical_gaussian",
         .label = "critical Gaussian",
         .group = "edge of chaos",
         .formula = "N(0, sigma_w^2 / fan_in), sigma_w^2 = 1 / E[phi'^2], biases N(0, q* - "
                    "sigma_w^2 E[phi^2])",
         .source = "Schoenholz, Gilmer, Ganguli and Sohl-Dickstein 2017, section 3",
         .help = "Weights and biases on the edge of chaos of the activation, where gradients "
                 "neither vanish nor explode, at the fixed point q*. It sets the biases as well.",
         .params = edgeParams});
    row.onEdgeOfChaos = true;
    return row;
}

} // namespace

constinit const Initializer criticalGaussianRow = makeRow();

} // namespace initlens::initializers
