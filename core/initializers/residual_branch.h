#pragma once

#include "core/initializers/independent.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

using Place = WeightShape::Place;

/// Whether a layer's sum with what goes past it ends a block.
inline bool endsBlock(const WeightShape& shape)
{
    return shape.place == Place::LastLayer || shape.place == Place::OnlyLayer;
}

/// He's variance (He, Zhang, Ren and Sun 2015) times `factor`.
inline ElementLaw heLaw(const WeightShape& shape, double factor = 1)
{
    return normalOfVariance(factor * 2 / fanOf(Fan::In, shape));
}

inline std::string noBlocksRefusal(const WeightShape& shape, std::span<const double> /*params*/)
{
    return shape.blocks > 0 ? "" : "only networks with residual blocks can have it";
}

/// All weights zero, or full rank.
template <LawOf law>
Index zeroOrFullRank(const WeightShape& shape, std::span<const double> params)
{
    return law(shape, params).scale == 0 ? 0 : std::min(shape.outputs, shape.inputs);
}

/// The row of an initializer of independent weights whose law depends on where a layer stands in
/// its residual block.
template <LawOf law>
constexpr Initializer residualBranch(const RowHead& head)
{
    Initializer row = independent<law>(head);
    row.refusal = &noBlocksRefusal;
    row.rank = &zeroOrFullRank<law>;
    row.ensemble = Ensemble::Structured;
    row.structure = "the variance of the weights depends on where a layer stands in its residual "
                    "block";
    return row;
}

} // namespace initlens::initializers
