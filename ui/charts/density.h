#pragma once

#include "core/diagnostics/reading.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace initlens::ui {

/// A histogram as a density: the area under it is the share of the values that it shows.
struct Density {
    int layer = 0;
    std::vector<double> edges;   ///< one more than heights
    std::vector<double> heights; ///< exact zeros are left out
    std::int64_t total = 0;      ///< values in all, exact zeros included
    std::int64_t zeros = 0;
    std::int64_t notFinite = 0;
    bool zerosApart = false; ///< they have a strip of their own beside the axis
    bool beyondAxis = false; ///< too large or too small for a linear axis: there are no heights
    double below = 0;        ///< share that lies somewhere below the first edge
    /// Of each height, where the density is an estimate; else empty.
    std::vector<double> errors;
    double resolution = -std::numeric_limits<double>::infinity();
    double smallest = std::numeric_limits<double>::quiet_NaN();
    double median = std::numeric_limits<double>::quiet_NaN();
    double largest = std::numeric_limits<double>::quiet_NaN();
};

/// The singular values that are shown of a layer: those of all Jacobians where there are several.
struct SpectrumValues {
    std::span<const double> log10Values; ///< descending
    std::int64_t exactZeros = 0;
    double log10Resolution = -std::numeric_limits<double>::infinity();
    /// What is known instead of the values where there is no list of them; else null.
    const spectrum::SpectrumSketch* sketch = nullptr;

    [[nodiscard]] std::int64_t nonZeros() const
    {
        return sketch != nullptr ? sketch->count : std::ssize(log10Values);
    }
    /// log10, not-a-number where unknown.
    [[nodiscard]] spectrum::ValueQuantiles quantiles() const;
};

/// Nothing where no Jacobian of that layer is finite. `index` is a place in spectrum.layers, whose
/// numbers the result looks at.
std::optional<SpectrumValues> valuesAt(const diagnostics::Spectrum& spectrum, std::size_t index);

/// Of log10 of the singular values or of themselves. Bins of equal width on a grid of round
/// numbers, as many as the count of values bears. A linear axis that cannot hold the largest value
/// leaves the density empty. The layer is the caller's to say.
Density spectrumDensity(const SpectrumValues& values, diagnostics::Scale scale);
Density histogramDensity(const diagnostics::Histogram& histogram);

} // namespace initlens::ui
