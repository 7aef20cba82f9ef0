#include "ui/charts/depth_shapes.h"

#include "ui/charts/axis_range.h"
#include "ui/charts/density.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace initlens::ui {

namespace {

using diagnostics::Profile;
using diagnostics::Scale;
using diagnostics::Spectrum;

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double decadesOfNoise = 2;
constexpr double lowestFloor = -1e300;
/// Of a map: finer than a screen can show costs only time.
constexpr std::size_t mostColumns = 600;
constexpr double mostRows = 160;
constexpr double smallestRow = 0.02;

/// Backward quantities arrive from the last layer down.
std::vector<std::size_t> ascending(const std::vector<std::int32_t>& layers)
{
    std::vector<std::size_t> order(layers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!std::is_sorted(layers.begin(), layers.end())) {
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return layers[a] < layers[b]; });
    }
    return order;
}

double finiteOrGap(double value)
{
    return std::isfinite(value) ? value : notANumber;
}

/// Rounding noise may reach any depth; it must not stretch the axis.
double noiseFloor(const SpectrumValues& values)
{
    return std::isfinite(values.log10Resolution) ? values.log10Resolution - decadesOfNoise
                                                 : lowestFloor;
}

void addLevels(QuantileCurves& curves, const spectrum::ValueQuantiles& quantiles, double floor)
{
    for (std::size_t level = 0; level < quantiles.size(); ++level) {
        curves[level].push_back(std::isfinite(quantiles[level]) ? std::max(quantiles[level], floor)
                                                                : notANumber);
    }
}

/// The quantiles of a sketch with their errors. One that is unknown lies below what can be told
/// apart, and is drawn so.
void addEstimates(DepthBands& bands, const spectrum::SpectrumSketch& sketch, double floor)
{
    spectrum::ValueQuantiles values;
    spectrum::ValueQuantiles low;
    spectrum::ValueQuantiles high;
    values.fill(notANumber);
    low.fill(notANumber);
    high.fill(notANumber);
    for (std::size_t level = 0; level < sketch.quantiles.size(); ++level) {
        const auto& quantile = sketch.quantiles[level];
        const bool known = std::isfinite(quantile.value);
        values[level] = known ? quantile.value : floor;
        low[level] = known ? quantile.low : floor;
        high[level] = quantile.high;
    }
    addLevels(bands.quantiles, values, floor);
    addLevels(bands.low, low, floor);
    addLevels(bands.high, high, floor);
}

bool hasSketches(const Spectrum& spectrum)
{
    return std::any_of(spectrum.spectra.begin(), spectrum.spectra.end(), [](const auto& layer) {
        return layer != nullptr && layer->sketch != nullptr;
    });
}

void addNotFinite(DepthBands& bands, bool pooled, double layer)
{
    spectrum::ValueQuantiles nothing;
    nothing.fill(notANumber);
    bands.layers.push_back(layer);
    bands.notFinite.push_back(layer);
    addLevels(bands.quantiles, nothing, 0);
    if (pooled) {
        addLevels(bands.low, nothing, 0);
        addLevels(bands.high, nothing, 0);
    }
    bands.zeroShare.push_back(0);
    bands.resolution.push_back(notANumber);
}

/// Rows over all values above the noise, on a grid of round numbers.
std::vector<double> rowEdges(const Spectrum& spectrum)
{
    Extent extent;
    for (std::size_t i = 0; i < spectrum.layers.size(); ++i) {
        const auto values = valuesAt(spectrum, i);
        if (values && values->sketch != nullptr && !values->sketch->edges.empty()) {
            extent.add(values->sketch->edges.front());
            extent.add(values->sketch->edges.back());
        } else if (values && !values->log10Values.empty()) {
            extent.add(values->log10Values.front());
            extent.add(std::max(values->log10Values.back(), noiseFloor(*values)));
        }
    }
    if (!extent.range()) {
        return {};
    }
    const double width = std::max(roundStep(extent.range()->size() / mostRows), smallestRow);
    std::vector<double> edges;
    const double last = std::floor(extent.range()->upper / width + 0.5) + 1;
    for (double i = std::floor(extent.range()->lower / width + 0.5); i <= last; ++i) {
        edges.push_back((i - 0.5) * width);
    }
    return edges;
}

/// Adds the density of a sketch, each of its bins spread evenly over the rows that it covers.
void addSketchedColumn(DensityMap& map, const SpectrumValues& values)
{
    const Density density = spectrumDensity(values, Scale::Log10);
    for (std::size_t row = 0; row < map.rows(); ++row) {
        double share = 0;
        for (std::size_t bin = 0; bin < density.heights.size(); ++bin) {
            const double overlap = std::min(map.edges[row + 1], density.edges[bin + 1]) -
                                   std::max(map.edges[row], density.edges[bin]);
            share += std::max(overlap, 0.0) * density.heights[bin];
        }
        const auto height = static_cast<float>(share / (map.edges[row + 1] - map.edges[row]));
        map.heights.push_back(height);
        map.highest = std::max(map.highest, height);
    }
}

/// Adds the density of descending values; what lies below the first edge is not drawn.
void addColumn(DensityMap& map, const SpectrumValues& values)
{
    const auto total = static_cast<double>(values.nonZeros() + values.exactZeros);
    const double width = map.edges[1] - map.edges[0];
    auto above = values.log10Values.end();
    const auto upTo = [&](double edge) {
        return std::partition_point(values.log10Values.begin(), above,
                                    [edge](double value) { return value >= edge; });
    };
    above = upTo(map.edges.front());
    for (std::size_t row = 0; row < map.rows(); ++row) {
        const auto end = upTo(map.edges[row + 1]);
        const auto height = static_cast<float>(static_cast<double>(above - end) / (width * total));
        map.heights.push_back(height);
        map.highest = std::max(map.highest, height);
        above = end;
    }
}

} // namespace

DepthCurve curveOf(const Profile& profile)
{
    DepthCurve curve;
    curve.estimated = profile.estimated;
    const bool banded = !profile.low.empty() && profile.low.size() == profile.values.size() &&
                        profile.high.size() == profile.values.size();
    const auto order = ascending(profile.layers);
    curve.layers.reserve(order.size());
    curve.values.reserve(order.size());
    for (const std::size_t i : order) {
        const double layer = profile.layers[i];
        const double value = profile.values[i];
        curve.layers.push_back(layer);
        curve.values.push_back(finiteOrGap(value));
        if (profile.scale == Scale::Log10 && std::isinf(value) && value < 0) {
            curve.zeros.push_back(layer);
        } else if (!std::isfinite(value)) {
            curve.notFinite.push_back(layer);
        }
        if (banded) {
            curve.low.push_back(finiteOrGap(profile.low[i]));
            curve.high.push_back(finiteOrGap(profile.high[i]));
        }
    }
    return curve;
}

DepthBands bandsOf(const Spectrum& spectrum)
{
    DepthBands bands;
    bands.estimated = hasSketches(spectrum);
    const bool pooled = !spectrum.pooled.empty();
    for (const std::size_t i : ascending(spectrum.layers)) {
        const auto values = valuesAt(spectrum, i);
        if (!values) {
            addNotFinite(bands, pooled || bands.estimated, spectrum.layers[i]);
            continue;
        }
        const double floor = noiseFloor(*values);
        bands.layers.push_back(spectrum.layers[i]);
        if (pooled) {
            const auto& pool = *spectrum.pooled[i];
            addLevels(bands.quantiles, pool.quantiles, floor);
            addLevels(bands.low, pool.low, floor);
            addLevels(bands.high, pool.high, floor);
            bands.jacobians = std::max(bands.jacobians, pool.replicas);
        } else if (values->sketch != nullptr) {
            addEstimates(bands, *values->sketch, floor);
        } else {
            addLevels(bands.quantiles, values->quantiles(), floor);
        }
        const auto zeros = static_cast<double>(values->exactZeros);
        const double total = static_cast<double>(values->nonZeros()) + zeros;
        bands.zeroShare.push_back(total > 0 ? zeros / total : 0);
        bands.resolution.push_back(finiteOrGap(values->log10Resolution));
    }
    return bands;
}

DepthBands mapOf(const Spectrum& spectrum)
{
    DepthBands bands = bandsOf(spectrum);
    DensityMap& map = bands.map.emplace();
    map.edges = rowEdges(spectrum);
    const auto order = ascending(spectrum.layers);
    const std::size_t step = order.size() / mostColumns + 1;
    for (std::size_t i = 0; i < order.size() && map.rows() > 0; i += step) {
        const auto values = valuesAt(spectrum, order[i]);
        if (!values || values->nonZeros() == 0) {
            continue;
        }
        map.columns.push_back(i);
        if (values->sketch != nullptr) {
            addSketchedColumn(map, *values);
        } else {
            addColumn(map, *values);
        }
    }
    return bands;
}

bool DepthBands::hasZeros() const
{
    return std::any_of(zeroShare.begin(), zeroShare.end(), [](double share) { return share > 0; });
}

} // namespace initlens::ui
