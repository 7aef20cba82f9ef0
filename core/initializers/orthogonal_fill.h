#pragma once

#include "core/initializers/initializer.h"
#include "core/random/orthogonal.h"

#include <algorithm>

namespace initlens::initializers {

/// The Householder vectors and Q.
inline constexpr int orthogonalWorkingCopies = 2;

/// A uniformly distributed (semi-)orthogonal matrix times the row's first parameter, the gain.
template <class T>
void fillScaledOrthogonal(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    random::fillOrthogonal<T>(request.stream, request.params[0], weights, execution);
}

/// Every element of such a matrix has mean 0 and variance gain^2 / max(outputs, inputs).
inline std::optional<Moments> scaledOrthogonalMoments(const WeightShape& shape,
                                                      std::span<const double> params)
{
    const auto longer = static_cast<double>(std::max(shape.outputs, shape.inputs));
    return Moments{0, params[0] * params[0] / longer};
}

inline WeightLaw scaledOrthogonalLaw(const WeightShape& /*shape*/, std::span<const double> params)
{
    return OrthogonalMatrix{params[0]};
}

/// The row of an initializer that draws orthogonal matrices times its first parameter.
constexpr Initializer scaledOrthogonal(const RowHead& head)
{
    Initializer row;
    row.head = head;
    row.fillFloat = &fillScaledOrthogonal<float>;
    row.fillDouble = &fillScaledOrthogonal<double>;
    row.moments = &scaledOrthogonalMoments;
    row.law = &scaledOrthogonalLaw;
    row.workingCopies = orthogonalWorkingCopies;
    row.ensemble = Ensemble::Orthogonal;
    return row;
}

} // namespace initlens::initializers
