#include "ui/charts/density.h"

#include "ui/charts/axis_range.h"

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr double smallestBinWidth = 0.02;

double quantile(std::span<const double> descending, double level)
{
    const double position = (1 - level) * static_cast<double>(descending.size() - 1);
    const auto index = static_cast<std::size_t>(position);
    const double rest = position - static_cast<double>(index);
    if (rest == 0) {
        return descending[index];
    }
    return descending[index] + rest * (descending[index + 1] - descending[index]);
}

std::size_t binOf(const std::vector<double>& edges, double value)
{
    const auto above = std::upper_bound(edges.begin() + 1, edges.end() - 1, value);
    return static_cast<std::size_t>(above - edges.begin()) - 1;
}

void setEdges(Density& density, double lowest, double highest, double count)
{
    const double bins = std::clamp(2 * std::sqrt(count), 8.0, 80.0);
    const double width = std::max(roundStep((highest - lowest) / bins), smallestBinWidth);
    const double first = std::floor(lowest / width + 0.5);
    const double last = std::floor(highest / width + 0.5) + 1;
    // Round values, one above all, lie in the middle of a bin.
    for (double i = first; i <= last; ++i) {
        density.edges.push_back((i - 0.5) * width);
    }
}

} // namespace

BandQuantiles bandQuantiles(std::span<const double> descending)
{
    BandQuantiles quantiles;
    quantiles.fill(std::numeric_limits<double>::quiet_NaN());
    if (!descending.empty()) {
        std::transform(bandLevels.begin(), bandLevels.end(), quantiles.begin(),
                       [&](double level) { return quantile(descending, level); });
    }
    return quantiles;
}

Density spectrumDensity(const diagnostics::LayerSpectrum& spectrum, int layer)
{
    Density density;
    density.layer = layer;
    density.zeros = spectrum.exactZeros;
    density.resolution = spectrum.log10Resolution;
    std::vector<double> values;
    std::copy_if(spectrum.log10Values.begin(), spectrum.log10Values.end(),
                 std::back_inserter(values), [](double value) { return std::isfinite(value); });
    density.notFinite = static_cast<std::int64_t>(spectrum.log10Values.size() - values.size());
    density.total = static_cast<std::int64_t>(spectrum.log10Values.size()) + spectrum.exactZeros;
    if (values.empty()) {
        return density;
    }
    const BandQuantiles quantiles = bandQuantiles(values);
    density.smallest = quantiles.front();
    density.median = quantiles[quantiles.size() / 2];
    density.largest = quantiles.back();
    setEdges(density, values.back(), values.front(), static_cast<double>(values.size()));
    density.heights.assign(density.edges.size() - 1, 0);
    const double width = density.edges[1] - density.edges[0];
    for (const double value : values) {
        density.heights[binOf(density.edges, value)] +=
            1 / (width * static_cast<double>(density.total));
    }
    return density;
}

Density histogramDensity(const diagnostics::Histogram& histogram)
{
    Density density;
    density.layer = histogram.layer;
    density.zeros = histogram.exactZeros;
    density.notFinite = histogram.notFinite;
    density.total = histogram.notFinite;
    for (const std::int64_t count : histogram.counts) {
        density.total += count;
    }
    if (histogram.counts.empty() || histogram.edges.size() != histogram.counts.size() + 1) {
        return density;
    }
    density.edges = histogram.edges;
    density.smallest = histogram.edges.front();
    density.largest = histogram.edges.back();
    const std::size_t zeroBin = binOf(histogram.edges, 0);
    double seen = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        const double all = static_cast<double>(histogram.counts[i]);
        const double zeros = i == zeroBin ? static_cast<double>(histogram.exactZeros) : 0.0;
        const double width = histogram.edges[i + 1] - histogram.edges[i];
        const double total = static_cast<double>(density.total);
        density.heights.push_back(total > 0 && width > 0 ? (all - zeros) / (width * total) : 0.0);
        if (seen < total / 2 && seen + all >= total / 2) {
            density.median = histogram.edges[i] + width * (total / 2 - seen) / all;
        }
        seen += all;
    }
    return density;
}

} // namespace initlens::ui
