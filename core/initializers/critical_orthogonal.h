#pragma once

#include "core/initializers/edge_of_chaos.h"
#include "core/initializers/orthogonal_fill.h"

namespace initlens::initializers {

template <class T>
void fillCriticalOrthogonal(MatrixView<T> weights, const Request& request,
                            const Execution& execution)
{
    random::fillOrthogonal<T>(request.stream, sigmaWOnEdge(request.params), weights, execution);
}

inline std::optional<Moments> criticalOrthogonalMoments(const WeightShape& shape,
                                                        std::span<const double> params)
{
    const double gain = sigmaWOnEdge(params);
    return scaledOrthogonalMoments(shape, std::span(&gain, 1));
}

inline WeightLaw criticalOrthogonalLaw(const WeightShape& /*shape*/, std::span<const double> params)
{
    return OrthogonalMatrix{sigmaWOnEdge(params)};
}

/// The row of an initializer that draws orthogonal matrices times sigma_w on the edge of chaos.
constexpr Initializer criticalOrthogonal(const RowHead& head)
{
    Initializer row = scaledOrthogonal(head);
    row.fillFloat = &fillCriticalOrthogonal<float>;
    row.fillDouble = &fillCriticalOrthogonal<double>;
    row.moments = &criticalOrthogonalMoments;
    row.law = &criticalOrthogonalLaw;
    row.onEdgeOfChaos = true;
    return row;
}

} // namespace initlens::initializers
