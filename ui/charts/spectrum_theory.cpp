#include "ui/charts/spectrum_theory.h"

#include "core/experiment/prediction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::ui {

namespace {

const std::vector<experiment::PredictedLayerPointer>* spectraOf(const RunTheory& theory)
{
    return theory.source == nullptr || theory.outdated ||
                   theory.diagnostic->reading != diagnostics::Kind::Spectrum
               ? nullptr
               : &theory.source->spectra.layers;
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

} // namespace initlens::ui
