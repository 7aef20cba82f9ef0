#include "core/initializers/edge_of_chaos.h"
#include "core/initializers/orthogonal_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

template <class T>
void fill(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    random::fillOrthogonal<T>(request.stream, sigmaWOnEdge(request.params), weights, execution);
}

std::optional<Moments> moments(const WeightShape& shape, std::span<const double> params)
{
    const double gain = sigmaWOnEdge(params);
    return scaledOrthogonalMoments(shape, std::span(&gain, 1));
}

constexpr Initializer makeRow()
{
    Initializer row = scaledOrthogonal(
        {.id = "critical_orthogonal",
         .label = "critical orthogonal",
         .group = "edge of chaos",
         .formula =
             "sigma_w Q, Q orthogonal, sigma_w^2 = 1 / E[phi'^2], biases N(0, q* - sigma_w^2 "
             "E[phi^2])",
         .source = "Pennington, Schoenholz and Ganguli 2017, section 2",
         .help = "Orthogonal weights on the edge of chaos of the activation. With a small q* all "
                 "singular values of the Jacobian of tanh and its like come near 1. It sets the "
                 "biases as well.",
         .params = edgeParams});
    row.fillFloat = &fill<float>;
    row.fillDouble = &fill<double>;
    row.moments = &moments;
    row.onEdgeOfChaos = true;
    return row;
}

} // namespace

constinit const Initializer criticalOrthogonalRow = makeRow();

} // namespace initlens::initializers
