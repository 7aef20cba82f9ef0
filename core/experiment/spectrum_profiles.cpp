#include "core/experiment/spectrum_profiles.h"

#include "core/diagnostics/diagnostic.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace initlens::experiment {

namespace {

/// A place and the share of the non-zero values below it.
struct Knot {
    double log10S = 0;
    double below = 0;
};

/// The distribution function, with a step at each atom.
std::vector<Knot> distribution(const PredictedLayerSpectrum& predicted)
{
    const auto& s = predicted.log10S;
    std::vector<Knot> knots;
    double below = 0;
    std::size_t next = 0;
    const auto addCurveUpTo = [&](double place) {
        for (; next < s.size() && s[next] <= place; ++next) {
            if (next > 0) {
                below += (s[next] - s[next - 1]) *
                         (predicted.density[next] + predicted.density[next - 1]) / 2;
            }
            knots.push_back({s[next], below});
        }
    };
    for (const auto& atom : predicted.atoms) {
        addCurveUpTo(atom.log10S);
        double before = 0; // of the curve, between its last point and the atom
        if (next > 0 && next < s.size()) {
            const double part = (atom.log10S - s[next - 1]) / (s[next] - s[next - 1]);
            const double density =
                std::lerp(predicted.density[next - 1], predicted.density[next], part);
            before = (atom.log10S - s[next - 1]) * (predicted.density[next - 1] + density) / 2;
        }
        knots.push_back({atom.log10S, below + before});
        below += atom.mass;
        knots.push_back({atom.log10S, below + before});
    }
    addCurveUpTo(std::numeric_limits<double>::infinity());
    return knots;
}

/// From both neighbours that are known.
void interpolate(std::vector<double>& values)
{
    std::size_t known = values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) {
            continue;
        }
        for (std::size_t between = known + 1; between < i; ++between) {
            const double part =
                static_cast<double>(between - known) / static_cast<double>(i - known);
            values[between] = std::lerp(values[known], values[i], part);
        }
        known = i;
    }
}

} // namespace

spectrum::LayerSpectrum typicalSpectrum(const PredictedLayerSpectrum& predicted, std::int64_t width)
{
    spectrum::LayerSpectrum typical;
    const std::vector<Knot> knots = distribution(predicted);
    const auto living =
        knots.empty() ? 0 : std::llround((1 - predicted.zeroMass) * static_cast<double>(width));
    typical.exactZeros = width - living;
    auto above = knots.begin();
    for (std::int64_t i = 0; i < living; ++i) {
        const double level = (static_cast<double>(i) + 0.5) / static_cast<double>(living);
        const double below = level * knots.back().below;
        while (above + 1 != knots.end() && above->below < below) {
            ++above;
        }
        const Knot& low = above == knots.begin() ? *above : *(above - 1);
        const double step = above->below - low.below;
        const double part = step > 0 ? (below - low.below) / step : 0;
        typical.log10Values.push_back(std::lerp(low.log10S, above->log10S, part));
    }
    std::reverse(typical.log10Values.begin(), typical.log10Values.end());
    return typical;
}

void addSpectrumProfiles(Prediction& prediction, const RunSpec& spec)
{
    std::vector<std::pair<std::int32_t, spectrum::LayerSpectrum>> typical;
    for (const auto& layer : prediction.spectra.layers) {
        if (layer->layer >= 1) {
            typical.emplace_back(layer->layer, typicalSpectrum(*layer, spec.width));
        }
    }
    for (const auto* row : diagnostics::Diagnostic::table()) {
        if (row->measureSpectrum == nullptr || typical.empty()) {
            continue;
        }
        std::vector<double> values(static_cast<std::size_t>(spec.depth),
                                   std::numeric_limits<double>::quiet_NaN());
        for (const auto& [layer, spectrum] : typical) {
            values[static_cast<std::size_t>(layer) - 1] = row->measureSpectrum(spectrum).value;
        }
        interpolate(values);
        prediction.profiles[std::string(row->head.id)] = {.values = std::move(values)};
    }
}

} // namespace initlens::experiment
