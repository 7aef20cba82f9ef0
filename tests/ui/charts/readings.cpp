#include "tests/ui/charts/readings.h"

#include "core/experiment/prediction.h"
namespace initlens::ui::test {

ChartId chart(const char* key)
{
    return chartOfKey(QLatin1String(key)).value();
}

diagnostics::ReadingPointer logProfile(const std::string& id, std::vector<double> values, int first)
{
    diagnostics::Profile profile;
    profile.id = id;
    profile.scale = diagnostics::Scale::Log10;
    for (std::size_t i = 0; i < values.size(); ++i) {
        profile.layers.push_back(first + static_cast<int>(i));
    }
    profile.values = std::move(values);
    return std::make_shared<diagnostics::Reading>(std::move(profile));
}

experiment::PredictionPointer prediction(const std::string& id, std::vector<double> values,
                                         std::vector<double> low, std::vector<double> high)
{
    auto prediction = std::make_shared<experiment::Prediction>();
    prediction->profiles[id] = {std::move(values), std::move(low), std::move(high)};
    return prediction;
}

experiment::PredictionPointer noPrediction(const std::string& whyNot)
{
    auto prediction = std::make_shared<experiment::Prediction>();
    prediction->whyNot = whyNot;
    return prediction;
}

diagnostics::ReadingPointer spectrum(const std::vector<LayerValues>& layers)
{
    diagnostics::Spectrum reading;
    reading.id = "jacobian_singular_values";
    reading.scope = "from_input";
    for (const LayerValues& at : layers) {
        reading.layers.push_back(at.layer);
        reading.spectra.push_back(
            at.finite
                ? std::make_shared<const diagnostics::LayerSpectrum>(
                      diagnostics::LayerSpectrum{at.log10Values, at.exactZeros, at.log10Resolution})
                : nullptr);
    }
    return std::make_shared<diagnostics::Reading>(std::move(reading));
}

diagnostics::ReadingPointer histogram(std::vector<double> edges, std::vector<std::int64_t> counts,
                                      int layer)
{
    diagnostics::Histogram reading;
    reading.id = "preactivation_histogram";
    reading.layer = layer;
    reading.edges = std::move(edges);
    reading.counts = std::move(counts);
    return std::make_shared<diagnostics::Reading>(std::move(reading));
}

ShownRun run(int id, const QString& name, int depth,
             const std::vector<diagnostics::ReadingPointer>& readings)
{
    ShownRun shown;
    shown.id = id;
    shown.name = name;
    shown.style = id - 1;
    shown.spec.depth = depth;
    for (const auto& reading : readings) {
        shown.readings[diagnostics::readingId(*reading)] = reading;
    }
    return shown;
}

std::vector<ShownRun> threeRuns()
{
    constexpr int depth = 100;
    const std::vector<std::pair<QString, double>> slopes = {
        {QStringLiteral("he_normal"), 0.0},
        {QStringLiteral("glorot_normal"), -0.3},
        {QStringLiteral("normal, std 0.01"), -0.9}};
    std::vector<ShownRun> runs;
    for (const auto& [name, slope] : slopes) {
        std::vector<double> forwards;
        std::vector<double> backwards;
        std::vector<LayerValues> spectra;
        for (int layer = 1; layer <= depth; ++layer) {
            forwards.push_back(slope * layer);
            backwards.push_back(slope * (depth - layer));
            LayerValues at{.layer = layer, .exactZeros = 10};
            for (int i = 0; i < 20; ++i) {
                at.log10Values.push_back(slope * layer - 0.01 * layer * i);
            }
            spectra.push_back(at);
        }
        runs.push_back(run(static_cast<int>(runs.size()) + 1, name, depth,
                           {logProfile("activation_variance", forwards),
                            logProfile("gradient_norm", backwards), spectrum(spectra)}));
    }
    runs.front().current = true;
    return runs;
}

} // namespace initlens::ui::test
