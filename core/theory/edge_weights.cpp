#include "core/theory/edge_weights.h"

#include "core/theory/edge_of_chaos.h"

#include <fmt/format.h>

#include <cmath>

namespace initlens::theory {

Result<network::NetworkSpec> withEdgeWeights(const network::NetworkSpec& spec)
{
    if (!spec.initializer->onEdgeOfChaos) {
        return spec;
    }
    const double qStar = spec.initializer.values.front();
    const ActivationFunction phi = functionOf(spec.activation);
    const auto point = edgeAt(phi, qStar);
    if (!point) {
        const std::string none = whyNoEdge(phi, std::string(spec.activation.id()));
        return Error(none.empty()
                         ? fmt::format("{} has no edge of chaos at q_star {:g}: it would need a "
                                       "negative variance of the biases",
                                       spec.activation.id(), qStar)
                         : none);
    }
    network::NetworkSpec drawn = spec;
    drawn.initializer.values = {qStar, std::sqrt(point->sigmaW2)};
    drawn.biasStd = std::sqrt(point->sigmaB2);
    return drawn;
}

} // namespace initlens::theory
