#include "ui/charts/chart_model.h"

#include "core/spectrum/scope.h"
#include "ui/charts/chart_absence.h"
#include "ui/charts/chart_layers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace initlens::ui {

namespace {

using diagnostics::Histogram;
using diagnostics::Profile;
using diagnostics::Scale;
using diagnostics::Spectrum;

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double decadesOfNoise = 2;

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

DepthCurve curveOf(const Profile& profile)
{
    DepthCurve curve;
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

void addNotFinite(DepthBands& bands, double layer)
{
    bands.layers.push_back(layer);
    bands.notFinite.push_back(layer);
    for (auto& quantile : bands.quantiles) {
        quantile.push_back(notANumber);
    }
    bands.zeroShare.push_back(0);
    bands.resolution.push_back(notANumber);
}

DepthBands bandsOf(const Spectrum& spectrum)
{
    DepthBands bands;
    for (const std::size_t i : ascending(spectrum.layers)) {
        if (spectrum.spectra[i] == nullptr) {
            addNotFinite(bands, spectrum.layers[i]);
            continue;
        }
        const diagnostics::LayerSpectrum& at = *spectrum.spectra[i];
        const bool noisy = std::isfinite(at.log10Resolution);
        // Rounding noise may reach any depth; it must not stretch the axis.
        const double floor = noisy ? at.log10Resolution - decadesOfNoise : -1e300;
        const BandQuantiles quantiles = bandQuantiles(at.log10Values);
        bands.layers.push_back(spectrum.layers[i]);
        for (std::size_t level = 0; level < quantiles.size(); ++level) {
            bands.quantiles[level].push_back(
                std::isfinite(quantiles[level]) ? std::max(quantiles[level], floor) : notANumber);
        }
        const auto zeros = static_cast<double>(at.exactZeros);
        const double total = static_cast<double>(at.log10Values.size()) + zeros;
        bands.zeroShare.push_back(total > 0 ? zeros / total : 0);
        bands.resolution.push_back(noisy ? at.log10Resolution : notANumber);
    }
    return bands;
}

Shape densityOf(const Spectrum& spectrum, int selectedLayer)
{
    if (spectrum.layers.empty()) {
        return {};
    }
    auto nearest = std::max_element(spectrum.layers.begin(), spectrum.layers.end());
    if (selectedLayer > 0 || std::count(spectrum.layers.begin(), spectrum.layers.end(), 0) > 0) {
        nearest = std::min_element(
            spectrum.layers.begin(), spectrum.layers.end(), [&](std::int32_t a, std::int32_t b) {
                return std::abs(a - selectedLayer) < std::abs(b - selectedLayer);
            });
    }
    const auto& at = spectrum.spectra[static_cast<std::size_t>(nearest - spectrum.layers.begin())];
    if (at == nullptr) {
        Density nothing;
        nothing.layer = *nearest;
        return nothing;
    }
    return spectrumDensity(*at, *nearest);
}

Shape shapeOf(const diagnostics::Reading& reading, ChartView view, int selectedLayer)
{
    if (const auto* profile = std::get_if<Profile>(&reading)) {
        return curveOf(*profile);
    }
    if (const auto* histogram = std::get_if<Histogram>(&reading)) {
        return histogramDensity(*histogram);
    }
    const auto& spectrum = std::get<Spectrum>(reading);
    return view == ChartView::OverDepth ? Shape{bandsOf(spectrum)}
                                        : densityOf(spectrum, selectedLayer);
}

bool isComplete(const ShownRun& run, const diagnostics::Reading& reading)
{
    if (run.finished) {
        return true;
    }
    const auto depth = run.spec.depth;
    const auto every = std::max<std::int64_t>(run.spec.spectrumEvery, 1);
    const auto measured = (depth + every - 1) / every;
    if (const auto* profile = std::get_if<Profile>(&reading)) {
        return std::ssize(profile->layers) >= (profile->scope.empty() ? depth : measured);
    }
    if (const auto* spectrum = std::get_if<Spectrum>(&reading)) {
        return std::ssize(spectrum->layers) >= measured;
    }
    return true;
}

SeriesPointer seriesOfRun(const ChartModel* model, const ChartId& chart, int run)
{
    if (model != nullptr && model->chart == chart) {
        for (const SeriesPointer& series : model->series) {
            if (series->run == run && series->otherScope.isEmpty()) {
                return series;
            }
        }
    }
    return nullptr;
}

/// Whether the selected layer of a growing spectrum is still to come.
bool isAwaited(const diagnostics::ReadingPointer& source, int selectedLayer)
{
    const auto* spectrum = source == nullptr ? nullptr : std::get_if<Spectrum>(source.get());
    return spectrum != nullptr &&
           std::count(spectrum->layers.begin(), spectrum->layers.end(), selectedLayer) == 0;
}

SeriesPointer seriesOf(const ShownRun& run, const ChartId& chart, int selectedLayer,
                       const ChartModel* previous)
{
    const std::string id(chart.diagnostic->head.id);
    const auto found = run.readings.find(id);
    const auto source = found == run.readings.end() ? nullptr : found->second;
    const bool outdated = run.outdated.count(id) > 0;
    const bool complete = source != nullptr && isComplete(run, *source);
    const SeriesPointer known = seriesOfRun(previous, chart, run.id);
    if (known != nullptr) {
        const bool sameLayer =
            chart.view == ChartView::OverDepth || known->selectedLayer == selectedLayer;
        if (known->source == source && sameLayer && known->name == run.name &&
            known->style == run.style && known->current == run.current &&
            known->outdated == outdated && known->complete == complete) {
            return known;
        }
        if (chart.view == ChartView::AtLayer && !complete && isAwaited(source, selectedLayer) &&
            std::holds_alternative<Density>(known->shape)) {
            auto waiting = std::make_shared<Series>(*known);
            waiting->outdated = true;
            return waiting;
        }
    }
    auto series = std::make_shared<Series>();
    series->run = run.id;
    series->name = run.name;
    series->style = run.style;
    series->current = run.current;
    series->selectedLayer = selectedLayer;
    series->source = source;
    series->outdated = outdated;
    series->complete = complete;
    if (source != nullptr) {
        series->shape = shapeOf(*source, chart.view, selectedLayer);
    }
    return series;
}

/// Id of the scope of a series that is measured from the Jacobian, else empty.
std::string scopeOf(const Series& series)
{
    if (series.source == nullptr) {
        return {};
    }
    if (const auto* profile = std::get_if<Profile>(series.source.get())) {
        return profile->scope;
    }
    const auto* spectrum = std::get_if<Spectrum>(series.source.get());
    return spectrum == nullptr ? std::string() : spectrum->scope;
}

/// Readings of different Jacobians do not belong into one picture: the leader's stay.
void leaveOutOtherScopes(ChartModel& model)
{
    for (SeriesPointer& series : model.series) {
        const std::string scope = scopeOf(*series);
        if (!scope.empty() && scope != model.scope.toStdString()) {
            auto other = std::make_shared<Series>(*series);
            const auto* row = findRow(spectrum::Scope::table(), scope);
            other->shape = std::monostate{};
            other->otherScope = QString::fromUtf8(row->head.label.data(),
                                                  static_cast<qsizetype>(row->head.label.size()));
            series = other;
        }
    }
}

/// Another layer of a run that still grows would stand under the leader's title.
void leaveOutOtherLayers(ChartModel& model)
{
    const auto* leading = model.leading<Density>();
    if (leading == nullptr) {
        return;
    }
    const int layer = leading->layer;
    for (std::size_t i = 0; i + 1 < model.series.size(); ++i) {
        const auto* density = std::get_if<Density>(&model.series[i]->shape);
        if (density != nullptr && density->layer != layer && !model.series[i]->complete) {
            auto waiting = std::make_shared<Series>(*model.series[i]);
            waiting->shape = std::monostate{};
            model.series[i] = waiting;
        }
    }
}

} // namespace

bool DepthBands::hasZeros() const
{
    return std::any_of(zeroShare.begin(), zeroShare.end(), [](double share) { return share > 0; });
}

const Series* ChartModel::leader() const
{
    return series.empty() ? nullptr : series.back().get();
}

bool ChartModel::complete() const
{
    return !series.empty() && std::all_of(series.begin(), series.end(),
                                          [](const SeriesPointer& s) { return s->complete; });
}

ChartModel makeModel(const ChartId& chart, const std::vector<ShownRun>& runs, int selectedLayer,
                     const ChartModel* previous)
{
    ChartModel model;
    model.chart = chart;
    model.selectedLayer = selectedLayer;
    for (const ShownRun& run : runs) {
        if (!run.visible) {
            continue;
        }
        model.series.push_back(seriesOf(run, chart, selectedLayer, previous));
        model.lastLayer = std::max(model.lastLayer, static_cast<int>(run.spec.depth));
    }
    std::stable_partition(model.series.begin(), model.series.end(),
                          [](const SeriesPointer& series) { return !series->current; });
    for (const SeriesPointer& series : model.series) {
        const auto* layers = layersOf(series->shape);
        if (layers != nullptr && !layers->empty()) {
            model.firstLayer = std::min(model.firstLayer, static_cast<int>(layers->front()));
            model.lastLayer = std::max(model.lastLayer, static_cast<int>(layers->back()));
        }
        if (const std::string scope = scopeOf(*series); !scope.empty()) {
            model.scope = QString::fromStdString(scope);
        }
    }
    leaveOutOtherScopes(model);
    leaveOutOtherLayers(model);
    model.absence = absenceText(model, runs);
    return model;
}

} // namespace initlens::ui
