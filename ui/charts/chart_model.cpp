#include "ui/charts/chart_model.h"

#include "core/spectrum/scope.h"
#include "ui/charts/chart_absence.h"
#include "ui/charts/chart_layers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

using diagnostics::Histogram;
using diagnostics::Profile;
using diagnostics::Spectrum;

Shape densityOf(const Spectrum& spectrum, int selectedLayer, diagnostics::Scale scale)
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
    const auto at = static_cast<std::size_t>(nearest - spectrum.layers.begin());
    Density density;
    if (const auto values = valuesAt(spectrum, at)) {
        density = spectrumDensity(*values, scale);
    }
    density.layer = *nearest;
    return density;
}

Shape shapeOf(const diagnostics::Reading& reading, const ChartId& chart, int selectedLayer)
{
    if (const auto* profile = std::get_if<Profile>(&reading)) {
        return curveOf(*profile);
    }
    if (const auto* histogram = std::get_if<Histogram>(&reading)) {
        return histogramDensity(*histogram);
    }
    if (const auto* curve = std::get_if<diagnostics::Curve>(&reading)) {
        return *curve;
    }
    if (const auto* field = std::get_if<diagnostics::Field>(&reading)) {
        return *field;
    }
    const auto& spectrum = std::get<Spectrum>(reading);
    if (isOverDepth(chart.view)) {
        return chart.view == ChartView::MapOverDepth ? mapOf(spectrum) : bandsOf(spectrum);
    }
    return densityOf(spectrum, selectedLayer, scaleOf(chart));
}

diagnostics::ReadingPointer find(const std::map<std::string, diagnostics::ReadingPointer>& readings,
                                 const std::string& id)
{
    const auto found = readings.find(id);
    return found == readings.end() ? nullptr : found->second;
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

SeriesPointer seriesOfRun(const ChartModel* model, const ChartId& chart, int run, int previewWidth)
{
    if (model != nullptr && model->chart == chart) {
        for (const SeriesPointer& series : model->series) {
            if (series->run == run && series->previewWidth == previewWidth &&
                series->otherScope.isEmpty()) {
                return series;
            }
        }
    }
    return nullptr;
}

/// The theory of a run, whichever of its series had it last.
RunTheory theoryOfRun(const ShownRun& run, const ChartId& chart, const ChartModel* previous)
{
    const RunTheory* known = nullptr;
    if (previous != nullptr && previous->chart == chart) {
        for (const SeriesPointer& series : previous->series) {
            if (series->run == run.id && series->theory.source != nullptr) {
                known = &series->theory;
            }
        }
    }
    return theoryOf(run, chart, known);
}

SeriesPointer withTheory(const SeriesPointer& series, const RunTheory& theory)
{
    if (series->theory == theory) {
        return series;
    }
    auto other = std::make_shared<Series>(*series);
    other->theory = theory;
    return other;
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
    const auto source = find(run.readings, id);
    const bool outdated = run.outdated.count(id) > 0;
    const bool complete = source != nullptr && isComplete(run, *source);
    const SeriesPointer known = seriesOfRun(previous, chart, run.id, 0);
    const RunTheory theory = theoryOfRun(run, chart, previous);
    if (known != nullptr) {
        const bool sameLayer = !isAtLayer(chart.view) || known->selectedLayer == selectedLayer;
        if (known->source == source && sameLayer && known->name == run.name &&
            known->style == run.style && known->current == run.current &&
            known->outdated == outdated && known->complete == complete && known->theory == theory) {
            return known;
        }
        if (isAtLayer(chart.view) && !complete && isAwaited(source, selectedLayer) &&
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
    series->theory = theory;
    if (source != nullptr) {
        series->shape = shapeOf(*source, chart, selectedLayer);
    }
    return series;
}

/// The narrow network in place of a run, or before it while it grows; null when there is none.
SeriesPointer previewOf(const ShownRun& run, const ChartId& chart, int selectedLayer,
                        const ChartModel* previous)
{
    const auto source = find(run.previews, std::string(chart.diagnostic->head.id));
    if (source == nullptr) {
        return nullptr;
    }
    const SeriesPointer known = seriesOfRun(previous, chart, run.id, run.previewWidth);
    if (known != nullptr && known->source == source && known->selectedLayer == selectedLayer &&
        known->style == run.style && known->current == run.current) {
        return known;
    }
    auto series = std::make_shared<Series>();
    series->run = run.id;
    series->name = QCoreApplication::translate("Charts", "preview, width %1").arg(run.previewWidth);
    series->style = run.style;
    series->current = run.current;
    series->selectedLayer = selectedLayer;
    series->source = source;
    series->previewWidth = run.previewWidth;
    series->shape = shapeOf(*source, chart, selectedLayer);
    return series;
}

/// A run, and before it its preview as far as it is needed.
void addRun(ChartModel& model, const ShownRun& run, const ChartModel* previous)
{
    const auto series = seriesOf(run, model.chart, model.selectedLayer, previous);
    const bool waits = series->source == nullptr || series->outdated ||
                       (isAtLayer(model.chart.view) && !series->complete &&
                        isAwaited(series->source, model.selectedLayer));
    const auto preview = series->complete && !series->outdated
                             ? nullptr
                             : previewOf(run, model.chart, model.selectedLayer, previous);
    if (preview != nullptr && (waits || !isAtLayer(model.chart.view))) {
        model.series.push_back(withTheory(preview, waits ? series->theory : RunTheory()));
    }
    if (preview == nullptr || !waits) {
        model.series.push_back(series);
    }
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
        addRun(model, run, previous);
        model.lastLayer = std::max(model.lastLayer, static_cast<int>(run.spec.depth));
    }
    std::stable_partition(model.series.begin(), model.series.end(),
                          [](const SeriesPointer& series) { return !series->current; });
    if (wholeNetworkView(*chart.diagnostic)) {
        // Few runs have such a reading: what stands beside it goes with one that has.
        std::stable_partition(model.series.begin(), model.series.end(),
                              [](const SeriesPointer& series) {
                                  return std::holds_alternative<std::monostate>(series->shape);
                              });
    }
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
