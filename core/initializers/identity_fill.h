#pragma once

#include "core/initializers/centre_tap.h"
#include "core/initializers/constant_fill.h"

#include <algorithm>

namespace initlens::initializers {

/// Ones on the diagonal of each of `groups` blocks of rows, times `gain`, else zeros.
template <class T>
void fillIdentity(MatrixView<T> weights, double gain, Index groups, const Execution& execution)
{
    fillConstant(weights, 0.0, execution);
    if (execution.stopRequested()) {
        return;
    }
    const Index rows = weights.rows() / groups;
    for (Index group = 0; group < groups; ++group) {
        weights.middleRows(group * rows, rows).diagonal().setConstant(static_cast<T>(gain));
    }
}

/// Rows of such a matrix that are not zero, in each group.
inline Index onesPerGroup(const WeightShape& shape, Index groups)
{
    return std::min(shape.outputs / groups, shape.channels());
}

/// Exact moments of such a matrix.
inline Moments identityMoments(const WeightShape& shape, double gain, Index groups)
{
    const auto share = static_cast<double>(groups * onesPerGroup(shape, groups)) /
                       (static_cast<double>(shape.outputs) * static_cast<double>(shape.inputs));
    return {gain * share, gain * gain * share * (1 - share)};
}

} // namespace initlens::initializers
