#include "ui/charts/spectrum_theory.h"

#include "core/experiment/prediction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::ui {

namespace {

const experiment::PredictedSpectra* answerOf(const RunTheory& theory)
{
    return theory.source == nullptr || theory.outdated ||
                   theory.diagnostic->reading != diagnostics::Kind::Spectrum
               ? nullptr
               : &theory.source->spectra;
}

const std::vector<experiment::PredictedLayerPointer>* spectraOf(const RunTheory& theory)
{
    const auto* answer = answerOf(theory);
    return answer == nullptr ? nullptr : &answer->layers;
}

} // namespace

std::optional<PredictedBands> predictedBands(const RunTheory& theory)
{
    const auto* spectra = spectraOf(theory);
    if (spectra == nullptr || spectra->empty()) {
        return std::nullopt;
    }
    PredictedBands bands;
    for (const auto& layer : *spectra) {
        bands.layers.push_back(layer->layer);
        for (std::size_t i = 0; i < bands.quantiles.size(); ++i) {
            const double value = layer->log10Quantiles[i];
            bands.quantiles[i].push_back(
                std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN());
        }
    }
    return bands;
}

std::optional<PredictedDensity> predictedDensity(const RunTheory& theory, int layer,
                                                 diagnostics::Scale scale)
{
    const auto* spectra = spectraOf(theory);
    if (spectra == nullptr) {
        return std::nullopt;
    }
    const auto found = std::find_if(spectra->begin(), spectra->end(),
                                    [layer](const auto& one) { return one->layer == layer; });
    if (found == spectra->end()) {
        return std::nullopt;
    }
    const experiment::PredictedLayerSpectrum& spectrum = **found;
    const bool linear = scale == diagnostics::Scale::Linear;
    const auto place = [linear](double log10S) {
        return linear ? std::pow(10.0, log10S) : log10S;
    };
    PredictedDensity density;
    density.zeroMass = spectrum.zeroMass;
    density.largest = place(spectrum.log10SMax);
    for (std::size_t i = 0; i < spectrum.log10S.size(); ++i) {
        const double s = place(spectrum.log10S[i]);
        const double height =
            linear ? spectrum.density[i] / (s * std::numbers::ln10) : spectrum.density[i];
        if (std::isfinite(s) && std::isfinite(height)) {
            density.places.push_back(s);
            density.heights.push_back(height);
        }
    }
    for (const auto& atom : spectrum.atoms) {
        density.atoms.push_back({place(atom.log10S), atom.mass});
    }
    return density;
}

std::vector<UnpredictedLayers> unpredictedLayers(const RunTheory& theory)
{
    std::vector<UnpredictedLayers> groups;
    const auto* answer = answerOf(theory);
    if (answer == nullptr) {
        return groups;
    }
    for (const auto& one : answer->absent) {
        const QString whyNot = QString::fromStdString(one.whyNot);
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const auto& each) { return each.whyNot == whyNot; });
        if (group == groups.end()) {
            group = groups.insert(groups.end(), {.layers = {}, .whyNot = whyNot});
        }
        group->layers.push_back(one.layer);
    }
    return groups;
}

QString whyNotAt(const RunTheory& theory, int layer)
{
    const auto* answer = answerOf(theory);
    if (answer == nullptr) {
        return {};
    }
    const auto absent = std::find_if(answer->absent.begin(), answer->absent.end(),
                                     [layer](const auto& one) { return one.layer == layer; });
    if (absent != answer->absent.end()) {
        return QString::fromStdString(absent->whyNot);
    }
    const bool predicted = std::any_of(answer->layers.begin(), answer->layers.end(),
                                       [layer](const auto& one) { return one->layer == layer; });
    return predicted ? QString() : QString::fromStdString(answer->whyNotAll);
}

std::vector<double> answeredLayers(const RunTheory& theory)
{
    std::vector<double> layers;
    if (const auto* answer = answerOf(theory)) {
        for (const auto& one : answer->layers) {
            layers.push_back(one->layer);
        }
        for (const auto& one : answer->absent) {
            layers.push_back(one.layer);
        }
    }
    std::sort(layers.begin(), layers.end());
    return layers;
}

} // namespace initlens::ui
