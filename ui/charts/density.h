#pragma once

#include "core/diagnostics/reading.h"

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace initlens::ui {

inline constexpr std::array<double, 7> bandLevels = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};
using BandQuantiles = std::array<double, bandLevels.size()>;

/// Quantiles at `bandLevels`, interpolated between neighbours; NaN when there are no values.
BandQuantiles bandQuantiles(std::span<const double> descending);

/// A histogram as a density: the area under it is the share of the values that it shows.
struct Density {
    int layer = 0;
    std::vector<double> edges;   ///< one more than heights
    std::vector<double> heights; ///< exact zeros are left out
    std::int64_t total = 0;      ///< values in all, exact zeros included
    std::int64_t zeros = 0;
    std::int64_t notFinite = 0;
    double resolution = -std::numeric_limits<double>::infinity();
    double smallest = std::numeric_limits<double>::quiet_NaN();
    double median = std::numeric_limits<double>::quiet_NaN();
    double largest = std::numeric_limits<double>::quiet_NaN();
};

/// Bins of equal width on a grid of round numbers, as many as the count of values bears.
Density spectrumDensity(const diagnostics::LayerSpectrum& spectrum, int layer);
Density histogramDensity(const diagnostics::Histogram& histogram);

} // namespace initlens::ui
