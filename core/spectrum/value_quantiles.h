#pragma once

#include <array>
#include <span>

namespace initlens::spectrum {

/// The quantiles that are told of the singular values of a layer.
inline constexpr std::array<double, 7> quantileLevels = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};
using ValueQuantiles = std::array<double, quantileLevels.size()>;

/// Quantiles of descending values at `quantileLevels`, interpolated between neighbours;
/// not-a-number when there are no values. Exact zeros are not among the values.
ValueQuantiles valueQuantiles(std::span<const double> descending);

} // namespace initlens::spectrum
