#include "core/io/reading_reader.h"

#include "core/io/curve_json.h"
#include "core/io/pooled_json.h"

#include "core/diagnostics/diagnostic.h"
#include "core/io/schema.h"
#include "core/io/sketch_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace initlens::io {

namespace {

using diagnostics::Diagnostic;

constexpr auto largestCount = std::numeric_limits<std::int64_t>::max() / 2048;

/// Layers as every reading has them: rising, within the network.
std::optional<std::vector<std::int32_t>> readLayers(const JsonPlace& reading, std::int64_t first,
                                                    std::int64_t depth)
{
    const auto place = reading.member("layers");
    auto layers = place ? place->wholes<std::int32_t>(first, depth) : std::nullopt;
    if (layers && !std::is_sorted(layers->begin(), layers->end(), std::less_equal<>{})) {
        place->complain("the layers must rise");
        return std::nullopt;
    }
    return layers;
}

void checkText(const JsonPlace& reading, std::string_view key, std::string_view expected)
{
    const auto place = reading.member(key);
    const auto text = place ? place->text() : std::nullopt;
    if (text && *text != expected) {
        place->complain(fmt::format("must be '{}' for this diagnostic", expected));
    }
}

std::vector<double> readValues(const JsonPlace& reading, std::string_view key, std::size_t count)
{
    const auto place = reading.member(key);
    return place ? place->numbers(count).value_or(std::vector<double>{}) : std::vector<double>{};
}

void readZeroLayers(const JsonPlace& reading, diagnostics::Profile& profile)
{
    if (!reading.has("zero_layers") || profile.values.size() != profile.layers.size()) {
        return;
    }
    const auto place = reading.member("zero_layers");
    const auto zeros = place->wholes<std::int32_t>(1, network::largestDepth);
    if (!zeros) {
        return;
    }
    for (const std::int32_t layer : *zeros) {
        const auto found = std::lower_bound(profile.layers.begin(), profile.layers.end(), layer);
        const auto index = static_cast<std::size_t>(found - profile.layers.begin());
        if (found == profile.layers.end() || *found != layer ||
            !std::isnan(profile.values[index])) {
            place->complain("must name layers whose value is null");
            return;
        }
        profile.values[index] = -std::numeric_limits<double>::infinity();
    }
}

/// The layers that have a reading of the Jacobian, or of the passes.
std::optional<std::vector<std::int32_t>>
readLayersOf(const JsonPlace& reading, const Diagnostic& row, const experiment::RunSpec& spec)
{
    const bool toOutput = row.needs == diagnostics::Needs::Jacobian &&
                          spec.jacobian->scope == spectrum::Scope::Kind::ToOutput;
    return readLayers(reading, toOutput ? 0 : 1, spec.depth - (toOutput ? 1 : 0));
}

diagnostics::Profile readProfile(const JsonPlace& reading, const Diagnostic& row,
                                 const experiment::RunSpec& spec)
{
    static constexpr std::array<std::string_view, 12> keys = {
        "kind", "scope",       "scale",     "layers",        "values",         "low",
        "high", "zero_layers", "predicted", "predicted_low", "predicted_high", "why_not"};
    diagnostics::Profile profile;
    profile.id = row.head.id;
    profile.scale = row.scale;
    if (!reading.object(keys)) {
        return profile;
    }
    if (row.needs == diagnostics::Needs::Jacobian) {
        profile.scope = spec.jacobian.id();
        profile.estimated = experiment::estimatesProfiles(spec);
        checkText(reading, "scope", profile.scope);
    }
    checkText(reading, "scale", scaleName(row.scale));
    if (auto layers = readLayersOf(reading, row, spec)) {
        profile.layers = *std::move(layers);
        profile.values = readValues(reading, "values", profile.layers.size());
        if (reading.has("low") || reading.has("high")) {
            profile.low = readValues(reading, "low", profile.layers.size());
            profile.high = readValues(reading, "high", profile.layers.size());
        }
        readZeroLayers(reading, profile);
    }
    return profile;
}

diagnostics::Histogram readHistogram(const JsonPlace& reading, const Diagnostic& row,
                                     std::int64_t depth)
{
    static constexpr std::array<std::string_view, 6> keys = {"kind",   "layer",       "edges",
                                                             "counts", "exact_zeros", "not_finite"};
    diagnostics::Histogram histogram;
    histogram.id = row.head.id;
    if (!reading.object(keys)) {
        return histogram;
    }
    const auto whole = [&](std::string_view key, std::int64_t max) {
        const auto place = reading.member(key);
        return place ? place->whole(0, max).value_or(0) : 0;
    };
    if (const auto place = reading.member("layer")) {
        histogram.layer = static_cast<std::int32_t>(place->whole(1, depth).value_or(1));
    }
    histogram.exactZeros = whole("exact_zeros", largestCount);
    histogram.notFinite = whole("not_finite", largestCount);
    if (const auto place = reading.member("counts")) {
        histogram.counts =
            place->wholes<std::int64_t>(0, largestCount).value_or(std::vector<std::int64_t>{});
    }
    const std::size_t edges = histogram.counts.empty() ? 0 : histogram.counts.size() + 1;
    histogram.edges = readValues(reading, "edges", edges);
    if (!std::is_sorted(histogram.edges.begin(), histogram.edges.end()) ||
        std::any_of(histogram.edges.begin(), histogram.edges.end(),
                    [](double edge) { return std::isnan(edge); })) {
        reading.complain("the edges must rise");
    }
    return histogram;
}

/// Smaller side of the Jacobian that a layer stands for.
Index smallerSide(const experiment::RunSpec& spec, Index layer)
{
    const auto size = [&](Index of) {
        return experiment::stateSize(spec, of);
    };
    switch (spec.jacobian->scope) {
    case spectrum::Scope::Kind::ToOutput:
        return std::min(size(spec.depth), size(layer));
    case spectrum::Scope::Kind::PerLayer:
        return std::min(size(layer), size(layer - 1));
    case spectrum::Scope::Kind::FromInput:
    case spectrum::Scope::Kind::None:
        break;
    }
    return std::min(size(layer), size(0));
}

/// What a file says of the accuracy of one layer: nothing in files older than these members.
bool readAccuracy(const JsonPlace& bound, const JsonPlace& carrier, spectrum::LayerSpectrum& layer)
{
    const auto bounds =
        bound.numbers(layer.log10Values.size(), std::numeric_limits<double>::infinity());
    const auto name = carrier.text();
    if (!bounds || !name) {
        return false;
    }
    using spectrum::carriers;
    const auto* const found =
        std::find_if(carriers.begin(), carriers.end(),
                     [&](spectrum::Carrier one) { return spectrum::carrierName(one) == *name; });
    if (found == carriers.end()) {
        carrier.complain("must be product, single_product or recursion");
        return false;
    }
    if (std::any_of(bounds->begin(), bounds->end(), [](double one) { return !(one >= 0); })) {
        bound.complain("a bound must not be negative");
        return false;
    }
    layer.bounds = *bounds;
    layer.carrier = *found;
    return true;
}

/// The values and zeros of one layer, with a sketch instead of the values where there is one; all
/// are null where the Jacobian is not finite. Nothing when they are not what they should be.
std::optional<std::shared_ptr<spectrum::LayerSpectrum>>
readLayerSpectrum(const JsonPlace& place, const JsonPlace& zeros,
                  const std::optional<JsonPlace>& sketch, double resolution, Index count)
{
    if (place.value().is_null() && zeros.value().is_null()) {
        return std::shared_ptr<spectrum::LayerSpectrum>();
    }
    const auto spectrum = std::make_shared<diagnostics::LayerSpectrum>();
    spectrum->log10Values = place.numbers().value_or(std::vector<double>{});
    spectrum->exactZeros = zeros.whole(0, count).value_or(0);
    spectrum->log10Resolution = resolution;
    if (sketch) {
        const auto described = readSketch(*sketch);
        if (!described) {
            return std::nullopt;
        }
        spectrum->sketch = std::make_shared<const spectrum::SpectrumSketch>(*described);
        if (!spectrum->log10Values.empty()) {
            place.complain("must be empty beside a sketch");
            return std::nullopt;
        }
    }
    const auto& values = spectrum->log10Values;
    const auto descends = [](double left, double right) {
        return left >= right;
    };
    const bool ordered = std::adjacent_find(values.begin(), values.end(), [&](double a, double b) {
                             return !descends(a, b);
                         }) == values.end();
    if (!ordered || (values.size() == 1 && std::isnan(values.front()))) {
        place.complain("the singular values must be numbers that descend");
        return std::nullopt;
    }
    if (spectrum->nonZeros() + spectrum->exactZeros != count) {
        place.complain(
            fmt::format("values and exact zeros must be {} together, the smaller side of "
                        "the Jacobian",
                        count));
        return std::nullopt;
    }
    return spectrum;
}

diagnostics::Spectrum readSpectrum(const JsonPlace& reading, const Diagnostic& row,
                                   const experiment::RunSpec& spec)
{
    static constexpr std::array<std::string_view, 15> keys = {
        "kind",        "scope",           "scale",  "layers",    "values",
        "exact_zeros", "resolution",      "bound",  "carrier",   "method",
        "sketch",      "quantile_levels", "pooled", "predicted", "why_not"};
    diagnostics::Spectrum spectrum;
    spectrum.id = row.head.id;
    spectrum.scope = spec.jacobian.id();
    if (!reading.object(keys)) {
        return spectrum;
    }
    checkText(reading, "scope", spectrum.scope);
    checkText(reading, "scale", scaleName(row.scale));
    const auto layers = readLayersOf(reading, row, spec);
    const auto values = reading.member("values");
    const auto zerosPlace = reading.member("exact_zeros");
    const auto resolutionPlace = reading.member("resolution");
    if (!layers || !values || !zerosPlace || !resolutionPlace) {
        return spectrum;
    }
    // A resolution of null is minus infinity: its errors are negligible.
    const auto resolution =
        resolutionPlace->numbers(layers->size(), -std::numeric_limits<double>::infinity());
    if (!values->list(layers->size()) || !zerosPlace->list(layers->size()) || !resolution) {
        return spectrum;
    }
    const bool hasAccuracy = reading.has("bound") || reading.has("carrier");
    const auto bound = hasAccuracy ? reading.member("bound") : std::nullopt;
    const auto carrier = hasAccuracy ? reading.member("carrier") : std::nullopt;
    if (hasAccuracy &&
        (!bound || !carrier || !bound->list(layers->size()) || !carrier->list(layers->size()))) {
        return spectrum;
    }
    const bool hasSketch = reading.has("method") || reading.has("sketch");
    const auto sketch = hasSketch ? reading.member("sketch") : std::nullopt;
    if (hasSketch) {
        checkText(reading, "method", sketchMethod);
        if (!sketch || !sketch->list(layers->size())) {
            return spectrum;
        }
    }
    spectrum.layers = *layers;
    for (std::size_t i = 0; i < layers->size(); ++i) {
        const auto layer = readLayerSpectrum(values->at(i), zerosPlace->at(i),
                                             sketch ? std::optional(sketch->at(i)) : std::nullopt,
                                             (*resolution)[i], smallerSide(spec, (*layers)[i]));
        if (!layer) {
            return spectrum; // the others would be told one by one
        }
        if (hasAccuracy && *layer && !readAccuracy(bound->at(i), carrier->at(i), **layer)) {
            return spectrum;
        }
        spectrum.spectra.push_back(*layer);
    }
    const auto pooled = reading.has("pooled") ? reading.member("pooled") : std::nullopt;
    if (pooled && pooled->list(layers->size())) {
        for (std::size_t i = 0; i < layers->size(); ++i) {
            auto one = readPooled(pooled->at(i), smallerSide(spec, (*layers)[i]));
            if (one == nullptr) {
                spectrum.pooled.clear();
                break;
            }
            spectrum.pooled.push_back(std::move(one));
        }
    }
    return spectrum;
}

/// A reading of the kind that its diagnostic makes.
diagnostics::Reading readReading(const JsonPlace& place, const Diagnostic& row,
                                 const experiment::RunSpec& spec)
{
    switch (row.reading) {
    case diagnostics::Kind::Histogram:
        return readHistogram(place, row, spec.depth);
    case diagnostics::Kind::Spectrum:
        return readSpectrum(place, row, spec);
    case diagnostics::Kind::Curve:
        return readCurve(place, row);
    case diagnostics::Kind::Field:
        return readField(place, row);
    case diagnostics::Kind::Profile:
        break;
    }
    return readProfile(place, row, spec);
}

std::string_view kindName(diagnostics::Kind kind)
{
    switch (kind) {
    case diagnostics::Kind::Histogram:
        return "histogram";
    case diagnostics::Kind::Spectrum:
        return "spectrum";
    case diagnostics::Kind::Curve:
        return "curve";
    case diagnostics::Kind::Field:
        return "field";
    case diagnostics::Kind::Profile:
        break;
    }
    return "profile";
}

} // namespace

void readReadings(const JsonPlace& readings, experiment::RunRecord& record)
{
    if (!readings.object(ids(Diagnostic::table()))) {
        return;
    }
    for (const Diagnostic* row : Diagnostic::table()) {
        if (!readings.has(row->head.id)) {
            continue;
        }
        const auto place = readings.member(row->head.id);
        if (!place->value().is_object()) {
            place->complain("must be an object");
            continue;
        }
        checkText(*place, "kind", kindName(row->reading));
        record.readings.push_back(
            std::make_shared<const diagnostics::Reading>(readReading(*place, *row, record.spec)));
    }
}

} // namespace initlens::io
