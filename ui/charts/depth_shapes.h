#pragma once

#include "core/diagnostics/reading.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace initlens::ui {

/// A profile, ready to draw: layers ascending, NaN for a gap.
struct DepthCurve {
    std::vector<double> layers = {};
    std::vector<double> values = {};
    std::vector<double> low = {};  ///< empty without a band
    std::vector<double> high = {}; ///< empty without a band
    /// Layers where the value is zero, which a log axis cannot show.
    std::vector<double> zeros = {};
    std::vector<double> notFinite = {}; ///< layers where it is infinite or not a number
    bool estimated = false;             ///< low and high are what the errors reach to
};

/// One list over the layers for each of spectrum::quantileLevels.
using QuantileCurves = std::array<std::vector<double>, spectrum::quantileLevels.size()>;

/// The shades of a map reach so many decades below its highest density.
inline constexpr double mapDecades = 3;

/// The density of log10 of the singular values, a column a layer.
struct DensityMap {
    std::vector<double> edges;        ///< of the rows, ascending, log10, equally far apart
    std::vector<std::size_t> columns; ///< which of the layers have a column, ascending
    /// rows * columns, column by column; the area of a column is the share that is not zero.
    std::vector<float> heights;
    float highest = 0; ///< of the heights
    /// Number of rows.
    [[nodiscard]] std::size_t rows() const { return edges.empty() ? 0 : edges.size() - 1; }
};

/// Quantiles of the singular values over depth, log10.
struct DepthBands {
    std::vector<double> layers;
    QuantileCurves quantiles; ///< with several Jacobians the mean of theirs
    /// 16 and 84 % of the quantiles of several Jacobians; empty with one.
    QuantileCurves low;
    QuantileCurves high;
    bool estimated = false;         ///< low and high are the error of the quantiles of one Jacobian
    std::int64_t jacobians = 1;     ///< as many as the best known layer has
    std::vector<double> zeroShare;  ///< exact zeros among all singular values, 0 to 1
    std::vector<double> resolution; ///< below it lies rounding noise; NaN where there is none
    std::vector<double> notFinite;  ///< layers whose Jacobian is infinite or not a number
    [[nodiscard]] const std::vector<double>& smallest() const { return quantiles.front(); }
    [[nodiscard]] const std::vector<double>& median() const { return quantiles[3]; }
    [[nodiscard]] const std::vector<double>& largest() const { return quantiles.back(); }
    [[nodiscard]] bool hasZeros() const;
    [[nodiscard]] bool isPooled() const { return !estimated && !low.front().empty(); }
    std::optional<DensityMap> map; ///< where it is drawn instead of the bands
};

DepthCurve curveOf(const diagnostics::Profile& profile);
DepthBands bandsOf(const diagnostics::Spectrum& spectrum);
/// The bands, with a map over them.
DepthBands mapOf(const diagnostics::Spectrum& spectrum);

} // namespace initlens::ui
