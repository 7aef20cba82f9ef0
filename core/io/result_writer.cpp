#include "core/io/curve_json.h"
#include "core/io/json_text.h"
#include "core/io/pooled_json.h"
#include "core/io/prediction_json.h"
#include "core/io/result_file.h"
#include "core/io/result_json.h"
#include "core/io/schema.h"
#include "core/io/sketch_json.h"
#include "core/io/spec_json.h"

#include <algorithm>
#include <limits>

namespace initlens::io {

namespace {

using diagnostics::Scale;

constexpr double notFinite = std::numeric_limits<double>::quiet_NaN();

/// Layers whose value is the logarithm of zero: JSON has no infinity to say so.
std::vector<std::int32_t> zeroLayers(const diagnostics::Profile& profile)
{
    std::vector<std::int32_t> layers;
    for (std::size_t i = 0; i < profile.layers.size(); ++i) {
        if (profile.values[i] == -std::numeric_limits<double>::infinity()) {
            layers.push_back(profile.layers[i]);
        }
    }
    return layers;
}

/// Writes the body of a reading.
struct ReadingWriter {
    JsonText& json;
    const experiment::Prediction* prediction = nullptr;

    void operator()(const diagnostics::Profile& profile)
    {
        json.key("kind").text("profile");
        if (!profile.scope.empty()) {
            json.key("scope").text(profile.scope);
        }
        json.key("scale").text(scaleName(profile.scale));
        json.key("layers").wholes(std::span(profile.layers));
        json.key("values").numbers(profile.values);
        if (!profile.low.empty()) {
            json.key("low").numbers(profile.low);
            json.key("high").numbers(profile.high);
        }
        if (const auto zeros = zeroLayers(profile); !zeros.empty()) {
            json.key("zero_layers").wholes(std::span<const std::int32_t>(zeros));
        }
        const auto* row = findRow(diagnostics::Diagnostic::table(), profile.id);
        if (prediction != nullptr && row != nullptr) {
            writePredicted(json, *prediction, *row, profile.layers);
        }
    }

    void operator()(const diagnostics::Histogram& histogram)
    {
        json.key("kind").text("histogram");
        json.key("layer").whole(histogram.layer);
        json.key("edges").numbers(histogram.edges);
        json.key("counts").wholes(std::span(histogram.counts));
        json.key("exact_zeros").whole(histogram.exactZeros);
        json.key("not_finite").whole(histogram.notFinite);
    }

    void operator()(const diagnostics::Curve& curve) { writeCurve(json, curve, prediction); }
    void operator()(const diagnostics::Field& field) { writeField(json, field); }

    void operator()(const diagnostics::Spectrum& spectrum)
    {
        std::vector<double> zeros;
        std::vector<double> resolution;
        json.key("kind").text("spectrum");
        json.key("scope").text(spectrum.scope);
        json.key("scale").text(scaleName(Scale::Log10));
        json.key("layers").wholes(std::span(spectrum.layers));
        writeLayers("values", spectrum,
                    [this](const auto& layer) { json.numbers(layer.log10Values); });
        for (const auto& layer : spectrum.spectra) {
            // Counts are exact as doubles, and only doubles can be null.
            zeros.push_back(layer ? static_cast<double>(layer->exactZeros) : notFinite);
            resolution.push_back(layer ? layer->log10Resolution : notFinite);
        }
        json.key("exact_zeros").numbers(zeros);
        json.key("resolution").numbers(resolution);
        if (!spectrum.pooled.empty()) {
            json.key("quantile_levels").numbers(initlens::spectrum::quantileLevels);
            json.key("pooled").openList();
            for (const auto& pooled : spectrum.pooled) {
                writePooled(json.element(), *pooled);
            }
            json.closeList();
        }
        const bool hasBounds =
            std::all_of(spectrum.spectra.begin(), spectrum.spectra.end(), [](const auto& layer) {
                return layer == nullptr || (layer->sketch == nullptr &&
                                            layer->bounds.size() == layer->log10Values.size());
            });
        const bool hasSketches =
            std::any_of(spectrum.spectra.begin(), spectrum.spectra.end(),
                        [](const auto& layer) { return layer && layer->sketch; });
        if (hasSketches) {
            json.key("method").text(sketchMethod);
            writeLayers("sketch", spectrum,
                        [this](const auto& layer) { writeSketch(json, *layer.sketch); });
        }
        if (!hasBounds) {
            return; // read from a file that had none
        }
        writeLayers("bound", spectrum, [this](const auto& layer) { json.numbers(layer.bounds); });
        writeLayers("carrier", spectrum, [this](const auto& layer) {
            json.text(initlens::spectrum::carrierName(layer.carrier));
        });
    }

private:
    /// A list with one entry a layer, null where the Jacobian is not finite.
    template <class Write>
    void writeLayers(std::string_view key, const diagnostics::Spectrum& reading, const Write& write)
    {
        json.key(key).openList();
        for (const auto& layer : reading.spectra) {
            json.element();
            if (layer == nullptr) {
                json.number(notFinite);
            } else {
                write(*layer);
            }
        }
        json.closeList();
    }
};

void writeAgreements(JsonText& json, const std::vector<experiment::Agreement>& agreements)
{
    json.key("agreement").openList();
    for (const auto& agreement : agreements) {
        json.element().openObject();
        json.key("diagnostic").text(agreement.diagnostic);
        json.key("statement").text(agreement.statement);
        json.key("value").number(agreement.value);
        json.closeObject();
    }
    json.closeList();
}

} // namespace

void writeRecord(JsonText& json, const experiment::RunRecord& record)
{
    json.openObject();
    json.key("initlens").text(record.version);
    json.key("schema").whole(schemaVersion);
    json.key("spec");
    writeSpec(json, record.spec);
    json.key("outcome").text(outcomeName(record.outcome));
    json.key("events").texts(record.events);

    json.key("timing").openObject();
    json.key("draw_s").number(record.timing.drawSeconds);
    json.key("forward_s").number(record.timing.forwardSeconds);
    json.key("backward_s").number(record.timing.backwardSeconds);
    json.key("spectrum_s").number(record.timing.spectrumSeconds);
    json.key("total_s").number(record.timing.totalSeconds);
    json.key("threads").whole(record.timing.threads);
    json.closeObject();

    json.key("readings").openObject();
    for (const auto& reading : record.readings) {
        json.key(diagnostics::readingId(*reading)).openObject();
        std::visit(ReadingWriter{json, record.prediction.get()}, *reading);
        json.closeObject();
    }
    json.closeObject();
    if (!record.agreements.empty()) {
        writeAgreements(json, record.agreements);
    }
    json.closeObject();
}

std::string resultToJson(const experiment::RunRecord& record)
{
    JsonText json;
    writeRecord(json, record);
    return json.take();
}

Status writeResult(const std::filesystem::path& path, const experiment::RunRecord& record)
{
    return writeFile(path, resultToJson(record));
}

} // namespace initlens::io
