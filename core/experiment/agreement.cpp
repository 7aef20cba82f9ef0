#include "core/experiment/agreement.h"

#include "core/experiment/prediction.h"
#include "core/experiment/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace initlens::experiment {

namespace {

constexpr std::string_view lengthId = "preactivation_second_moment";
constexpr std::string_view gradientId = "gradient_norm";
constexpr std::string_view spectrumId = "jacobian_singular_values";

/// Layers that are measured and predicted, on the diagnostic's scale.
struct Compared {
    std::vector<double> layers;
    std::vector<double> measured;
    std::vector<double> predicted;
    std::vector<theory::Band> bands; ///< of networks this wide; empty where none is known
};

Compared compare(const RunRecord& record, std::string_view id)
{
    Compared both;
    const auto* reading = findReading(record, id);
    const auto* profile = reading == nullptr ? nullptr : std::get_if<diagnostics::Profile>(reading);
    const auto found = record.prediction->profiles.find(id);
    if (profile == nullptr || found == record.prediction->profiles.end()) {
        return both;
    }
    for (std::size_t i = 0; i < profile->layers.size(); ++i) {
        const double predicted =
            found->second.values[static_cast<std::size_t>(profile->layers[i]) - 1];
        if (std::isfinite(profile->values[i]) && std::isfinite(predicted)) {
            both.layers.push_back(profile->layers[i]);
            both.measured.push_back(profile->values[i]);
            both.predicted.push_back(predicted);
            if (!found->second.low.empty()) {
                const auto at = static_cast<std::size_t>(profile->layers[i]) - 1;
                both.bands.push_back({found->second.low[at], found->second.high[at]});
            }
        }
    }
    return both;
}

/// Of a straight line through the points.
double slopeOf(const std::vector<double>& x, const std::vector<double>& y)
{
    const auto count = static_cast<double>(x.size());
    double meanX = 0;
    double meanY = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        meanX += x[i] / count;
        meanY += y[i] / count;
    }
    double product = 0;
    double square = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        product += (x[i] - meanX) * (y[i] - meanY);
        square += (x[i] - meanX) * (x[i] - meanX);
    }
    return product / square;
}

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// By how much the measurement differs from the prediction at most layers, in words.
std::string errorText(const Compared& both)
{
    std::vector<double> distances;
    std::size_t above = 0;
    for (std::size_t i = 0; i < both.layers.size(); ++i) {
        const double log10Ratio = both.measured[i] - both.predicted[i];
        distances.push_back(std::abs(log10Ratio));
        above += log10Ratio > 0 ? 1 : 0;
    }
    const std::size_t count = distances.size();
    const std::string_view side = 4 * above >= 3 * count ? "above"
                                  : 4 * above <= count   ? "below"
                                                         : "off";
    const double distance = medianOf(std::move(distances));
    const double factor = std::pow(10, distance);
    constexpr double small = 1e-4;
    constexpr double longest = 4; // digits of a factor that is written out
    if (factor < 1 + small) {
        return "less than 0.01 % off";
    }
    if (factor < 2) {
        return fmt::format("{:.2g} % {}", 100 * (side == "below" ? 1 - 1 / factor : factor - 1),
                           side);
    }
    return distance < longest ? fmt::format("a factor of {:.2g} {}", factor, side)
                              : fmt::format("a factor of 10^{:.0f} {}", distance, side);
}

/// Where the measurement lies in the band; empty without a band that is wider than rounding.
std::string bandText(const Compared& both)
{
    constexpr double rounding = 1e-4; // of log10 q: narrower bands are as wide
    std::size_t inside = 0;
    double widest = 0;
    double farthest = 0; // in standard deviations, of which the band is one to either side
    for (std::size_t i = 0; i < both.bands.size(); ++i) {
        const auto [low, high] = both.bands[i];
        const double half = std::max((high - low) / 2, rounding);
        const double deviations = std::abs(both.measured[i] - (low + high) / 2) / half;
        widest = std::max(widest, half);
        inside += deviations <= 1 ? 1 : 0;
        farthest = std::max(farthest, deviations);
    }
    return widest <= rounding
               ? std::string()
               : fmt::format("q lies within the finite-width band at {} of {} layers, at most "
                             "{:.1f} standard deviations from its middle",
                             inside, both.bands.size(), farthest);
}

std::optional<Agreement> ofLengths(const RunRecord& record)
{
    const Compared both = compare(record, lengthId);
    if (both.layers.empty()) {
        return std::nullopt;
    }
    std::vector<double> errors;
    for (std::size_t i = 0; i < both.layers.size(); ++i) {
        errors.push_back(std::abs(std::pow(10, both.measured[i] - both.predicted[i]) - 1));
    }
    const std::string band = bandText(both);
    const std::string error = errorText(both);
    return Agreement{
        std::string(lengthId),
        band.empty() ? fmt::format("q is typically {} the prediction (median over {} layers).",
                                   error, both.layers.size())
                     : fmt::format("{}; typically it is {} the mean over networks.", band, error),
        medianOf(std::move(errors))};
}

/// Without the sign of a zero.
std::string exponentText(double exponent)
{
    std::string text = fmt::format("{:.4f}", exponent);
    return text == "-0.0000" ? "0.0000" : text;
}

std::optional<Agreement> ofGradients(const RunRecord& record)
{
    const Compared both = compare(record, gradientId);
    constexpr std::size_t fewest = 3;
    if (both.layers.size() < fewest) {
        return std::nullopt;
    }
    const double measured = slopeOf(both.layers, both.measured);
    const double predicted = slopeOf(both.layers, both.predicted);
    return Agreement{std::string(gradientId),
                     fmt::format("The gradient norm changes by 10^{} a layer, predicted 10^{}.",
                                 exponentText(measured), exponentText(predicted)),
                     std::abs(measured - predicted)};
}

/// Share of all singular values that theory puts at or below each of the ascending places.
std::vector<double> distributionAt(const PredictedLayerSpectrum& predicted,
                                   const std::vector<double>& places)
{
    std::vector<double> shares;
    double area = predicted.zeroMass;
    std::size_t point = 0;
    for (const double place : places) {
        const auto& s = predicted.log10S;
        const auto& density = predicted.density;
        while (point + 1 < s.size() && s[point + 1] <= place) {
            area += (s[point + 1] - s[point]) * (density[point] + density[point + 1]) / 2;
            ++point;
        }
        double share = area;
        if (point + 1 < s.size() && place > s[point]) {
            const double part = (place - s[point]) / (s[point + 1] - s[point]);
            const double here = density[point] + part * (density[point + 1] - density[point]);
            share += (place - s[point]) * (density[point] + here) / 2;
        }
        for (const auto& atom : predicted.atoms) {
            share += atom.log10S <= place ? atom.mass : 0;
        }
        shares.push_back(share);
    }
    return shares;
}

/// Atoms make steps in both distributions, at places that differ by rounding and by chance: values
/// this near to an atom are compared behind it.
constexpr double atomWidth = 1e-3;

double kolmogorovSmirnov(const spectrum::LayerSpectrum& measured,
                         const PredictedLayerSpectrum& predicted)
{
    std::vector<double> places = measured.log10Values;
    std::reverse(places.begin(), places.end());
    const auto total =
        static_cast<double>(places.size()) + static_cast<double>(measured.exactZeros);
    const auto shares = distributionAt(predicted, places);
    double distance =
        std::abs(static_cast<double>(measured.exactZeros) / total - predicted.zeroMass);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool nearAtom =
            std::any_of(predicted.atoms.begin(), predicted.atoms.end(), [&](const auto& atom) {
                return std::abs(atom.log10S - places[i]) < atomWidth;
            });
        if (nearAtom && i + 1 < places.size()) {
            continue;
        }
        const double below = static_cast<double>(measured.exactZeros) + static_cast<double>(i);
        distance = std::max(distance, std::abs(below / total - shares[i]) * (nearAtom ? 0 : 1));
        distance = std::max(distance, std::abs((below + 1) / total - shares[i]));
    }
    return distance;
}

std::optional<Agreement> ofSpectrum(const RunRecord& record)
{
    const auto* reading = findReading(record, spectrumId);
    const auto* spectrum =
        reading == nullptr ? nullptr : std::get_if<diagnostics::Spectrum>(reading);
    if (spectrum == nullptr) {
        return std::nullopt;
    }
    const auto& predicted = record.prediction->spectra.layers;
    for (std::size_t i = spectrum->layers.size(); i-- > 0;) {
        const auto found = std::find_if(predicted.begin(), predicted.end(), [&](const auto& layer) {
            return layer->layer == spectrum->layers[i];
        });
        const auto& measured = spectrum->spectra[i];
        if (found == predicted.end() || measured == nullptr || measured->sketch != nullptr ||
            measured->log10Values.empty()) {
            continue;
        }
        const double distance = kolmogorovSmirnov(*measured, **found);
        return Agreement{std::string(spectrumId),
                         fmt::format("The singular values of layer {} are {:.3f} from their "
                                     "predicted distribution (Kolmogorov-Smirnov).",
                                     spectrum->layers[i], distance),
                         distance};
    }
    return std::nullopt;
}

} // namespace

std::vector<Agreement> agreementsOf(const RunRecord& record)
{
    std::vector<Agreement> agreements;
    if (record.prediction == nullptr) {
        return agreements;
    }
    for (const auto& one : {ofLengths(record), ofGradients(record), ofSpectrum(record)}) {
        if (one) {
            agreements.push_back(*one);
        }
    }
    return agreements;
}

} // namespace initlens::experiment
