#pragma once

#include "core/initializers/centre_tap.h"

#include <fmt/format.h>

namespace initlens::initializers {

/// A convolution can keep every length only where it has no fewer outputs than input channels.
inline std::string narrowingRefusal(const WeightShape& shape, std::span<const double> /*params*/)
{
    if (shape.channels() <= shape.outputs) {
        return {};
    }
    return fmt::format("a layer needs at least as many outputs as input channels, not {} for {}",
                       shape.outputs, shape.channels());
}

/// Delta-orthogonal kernels: what an orthogonal row with moments `ofTap` draws, at the centre tap.
template <MomentsOf ofTap>
constexpr Initializer deltaOrthogonal(const Initializer& orthogonal)
{
    Initializer row = atCentreTap<ofTap>(orthogonal);
    row.refusal = &narrowingRefusal;
    return row;
}

} // namespace initlens::initializers
