#include "ui/charts/density.h"

#include "ui/charts/axis_range.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::ui {

namespace {

constexpr double smallestBinWidth = 0.02;
/// Numbers beyond 10 to this power, or its inverse, are for a logarithmic axis alone.
constexpr double mostLinearDecades = 290;

std::size_t binOf(const std::vector<double>& edges, double value)
{
    const auto above = std::upper_bound(edges.begin() + 1, edges.end() - 1, value);
    return static_cast<std::size_t>(above - edges.begin()) - 1;
}

/// Edges so that round values, one above all, lie in the middle of a bin.
std::vector<double> edgesOver(double lowest, double highest, double count, double narrowest)
{
    const double bins = std::clamp(2 * std::sqrt(count), 8.0, 80.0);
    const double width = std::max(roundStep((highest - lowest) / bins), narrowest);
    const double first = std::floor(lowest / width + 0.5);
    const double last = std::floor(highest / width + 0.5) + 1;
    std::vector<double> edges;
    for (double i = first; i <= last; ++i) {
        edges.push_back((i - 0.5) * width);
    }
    return edges;
}

/// The values as they stand on the axis, descending, without those that it cannot hold.
std::vector<double> onAxis(std::span<const double> log10Values, diagnostics::Scale scale)
{
    std::vector<double> values;
    for (const double value : log10Values) {
        const double shown = scale == diagnostics::Scale::Log10 ? value : std::pow(10.0, value);
        if (std::isfinite(shown)) {
            values.push_back(shown);
        }
    }
    return values;
}

/// The density that a sketch estimates, on its own bins.
void addSketch(Density& density, const SpectrumValues& spectrum, diagnostics::Scale scale)
{
    const spectrum::SpectrumSketch& sketch = *spectrum.sketch;
    const auto shown = [scale](double value) {
        return scale == diagnostics::Scale::Log10 ? value : std::pow(10.0, value);
    };
    density.total = spectrum.nonZeros() + spectrum.exactZeros;
    density.beyondAxis = scale == diagnostics::Scale::Linear && !sketch.edges.empty() &&
                         std::abs(sketch.edges.back()) > mostLinearDecades;
    if (sketch.edges.empty() || density.beyondAxis) {
        return;
    }
    const spectrum::ValueQuantiles quantiles = spectrum.quantiles();
    // An unknown end lies below what can be told apart.
    density.smallest = std::isnan(quantiles.front()) ? -std::numeric_limits<double>::infinity()
                                                     : shown(quantiles.front());
    density.median = shown(quantiles[quantiles.size() / 2]);
    density.largest = shown(quantiles.back());
    std::transform(sketch.edges.begin(), sketch.edges.end(), std::back_inserter(density.edges),
                   shown);
    const double part = static_cast<double>(sketch.count) / static_cast<double>(density.total);
    for (std::size_t bin = 0; bin < sketch.shares.size(); ++bin) {
        const double width = density.edges[bin + 1] - density.edges[bin];
        density.heights.push_back(part * sketch.shares[bin] / width);
        density.errors.push_back(part * sketch.errors[bin] / width);
    }
    density.below = part * sketch.shareBelow;
}

} // namespace

std::optional<SpectrumValues> valuesAt(const diagnostics::Spectrum& spectrum, std::size_t index)
{
    const auto& first = spectrum.spectra[index];
    const double resolution =
        first == nullptr ? -std::numeric_limits<double>::infinity() : first->log10Resolution;
    if (!spectrum.pooled.empty()) {
        const auto& pooled = *spectrum.pooled[index];
        if (pooled.replicas == 0) {
            return std::nullopt;
        }
        return SpectrumValues{pooled.log10Values, pooled.exactZeros, resolution};
    }
    if (first == nullptr) {
        return std::nullopt;
    }
    return SpectrumValues{first->log10Values, first->exactZeros, resolution, first->sketch.get()};
}

spectrum::ValueQuantiles SpectrumValues::quantiles() const
{
    spectrum::ValueQuantiles quantiles = spectrum::valueQuantiles(log10Values);
    if (sketch != nullptr && sketch->quantiles.size() == quantiles.size()) {
        std::transform(sketch->quantiles.begin(), sketch->quantiles.end(), quantiles.begin(),
                       [](const auto& quantile) { return quantile.value; });
    }
    return quantiles;
}

Density spectrumDensity(const SpectrumValues& spectrum, diagnostics::Scale scale)
{
    const bool decades = scale == diagnostics::Scale::Log10;
    Density density;
    density.zeros = spectrum.exactZeros;
    density.zerosApart = density.zeros > 0;
    density.resolution =
        decades ? spectrum.log10Resolution : std::pow(10.0, spectrum.log10Resolution);
    if (spectrum.sketch != nullptr) {
        addSketch(density, spectrum, scale);
        return density;
    }
    const std::vector<double> values = onAxis(spectrum.log10Values, scale);
    density.notFinite = std::ssize(spectrum.log10Values) - std::ssize(values);
    density.total = std::ssize(spectrum.log10Values) + spectrum.exactZeros;
    density.beyondAxis = !decades && !spectrum.log10Values.empty() &&
                         std::abs(spectrum.log10Values.front()) > mostLinearDecades;
    if (values.empty() || density.beyondAxis) {
        return density;
    }
    const spectrum::ValueQuantiles quantiles = spectrum::valueQuantiles(values);
    density.smallest = quantiles.front();
    density.median = quantiles[quantiles.size() / 2];
    density.largest = quantiles.back();
    const double narrowest = decades ? smallestBinWidth : roundStep(values.front() / 50);
    density.edges =
        edgesOver(values.back(), values.front(), static_cast<double>(values.size()), narrowest);
    if (!decades) {
        density.edges.front() = std::max(density.edges.front(), 0.0);
    }
    density.heights.assign(density.edges.size() - 1, 0);
    for (const double value : values) {
        const std::size_t bin = binOf(density.edges, value);
        density.heights[bin] += 1 / ((density.edges[bin + 1] - density.edges[bin]) *
                                     static_cast<double>(density.total));
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
