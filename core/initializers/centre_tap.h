#pragma once

#include "core/initializers/initializer.h"

#include <string_view>

namespace initlens::initializers {

/// Why theory has no prediction for weights that are the same in every layer.
inline constexpr std::string_view alignedStructure =
    "nothing in the weights is random, and all layers are aligned";

/// Moments of a kernel that has the moments `centre` at one tap and zeros at all others.
inline Moments pooledOverTaps(const Moments& centre, Index taps)
{
    const double share = 1 / static_cast<double>(taps);
    return {centre.mean * share,
            share * (centre.variance + centre.mean * centre.mean * (1 - share))};
}

using MomentsOf = std::optional<Moments> (*)(const WeightShape&, std::span<const double> params);

template <MomentsOf ofTap>
std::optional<Moments> centreTapMoments(const WeightShape& shape, std::span<const double> params)
{
    WeightShape tap = shape;
    tap.inputs = shape.channels();
    tap.taps = 1;
    const auto moments = ofTap(tap, params);
    return moments ? std::optional(pooledOverTaps(*moments, shape.taps)) : std::nullopt;
}

/// The row that puts what `row` draws for a dense layer, with moments `ofTap`, at the centre tap of
/// a kernel.
template <MomentsOf ofTap>
constexpr Initializer atCentreTap(Initializer row)
{
    row.moments = &centreTapMoments<ofTap>;
    row.centreTapOnly = true;
    return row;
}

} // namespace initlens::initializers
