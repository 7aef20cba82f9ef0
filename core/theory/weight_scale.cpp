#include "core/theory/weight_scale.h"

#include "core/theory/activation_moments.h"

#include <cmath>

namespace initlens::theory {

namespace {

LayerWeights ofVariance(double variance)
{
    return {.deviation = std::sqrt(variance), .uniformLimit = std::sqrt(3 * variance)};
}

} // namespace

WeightScale weightScale(const ActivationFunction& phi)
{
    const auto moments = activationMoments(phi, 1);
    return {.forward = 1 / moments.secondMoment, .backward = 1 / moments.slopeMoments[0]};
}

LayerWeights forwardWeights(const WeightScale& scale, double fanIn)
{
    return ofVariance(scale.forward / fanIn);
}

LayerWeights backwardWeights(const WeightScale& scale, double fanOut)
{
    return ofVariance(scale.backward / fanOut);
}

LayerWeights compromiseWeights(const WeightScale& scale, double fanIn, double fanOut)
{
    return ofVariance(2 / (fanIn / scale.forward + fanOut / scale.backward));
}

} // namespace initlens::theory
