#include "core/experiment/spectrum_prediction.h"

#include "core/theory/activation_moments.h"
#include "core/theory/jacobian_spectrum.h"
#include "core/theory/lyapunov.h"
#include "core/theory/root.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace initlens::experiment {

namespace {

using Scope = spectrum::Scope::Kind;

constexpr double ln10 = std::numbers::ln10;

/// Where free probability's own numerics hold.
constexpr double smallestQ = 1e-8;
constexpr double largestQ = 1e8;

/// Slopes of length one: all of the Jacobian's randomness is in the weights.
bool keepsLengths(const theory::ActivationFunction& phi)
{
    const auto moments = theory::activationMoments(phi, 1);
    const double parts = phi.outputsPerUnit;
    return theory::isHomogeneous(phi) && std::abs(parts * moments.slopeMoments[0] - 1) < 1e-12 &&
           (parts > 1 || std::abs(moments.slopeMoments[1] - 1) < 1e-12);
}

std::string whyNotSquare(const theory::NetworkLaw& law)
{
    return law.inputSize == law.width
               ? std::string()
               : fmt::format("layer 1 has {} inputs and {} units: the prediction is for layers as "
                             "wide as their inputs",
                             law.inputSize, law.width);
}

PredictedLayerPointer fromFree(const theory::JacobianSpectrum& found, std::int64_t layer)
{
    if (!found.reason.empty()) {
        return nullptr;
    }
    auto spectrum = std::make_shared<PredictedLayerSpectrum>();
    spectrum->layer = static_cast<std::int32_t>(layer);
    spectrum->zeroMass = found.zeroMass;
    spectrum->log10SMax = found.logSMax / ln10;
    for (std::size_t i = 0; i < found.logQuantiles.size(); ++i) {
        spectrum->log10Quantiles[i] = found.logQuantiles[i] / ln10;
    }
    for (const auto& point : found.curve) {
        spectrum->log10S.push_back(point.logS / ln10);
        spectrum->density.push_back(point.density * ln10);
    }
    for (const auto& atom : found.atoms) {
        spectrum->atoms.push_back({atom.logS / ln10, atom.mass});
    }
    return spectrum;
}

/// ln s_i = L mu_i, one value a unit: quantiles, and the density between neighbours.
PredictedLayerPointer fromLyapunov(const std::vector<double>& exponents, std::int64_t factors,
                                   std::int64_t layer)
{
    auto spectrum = std::make_shared<PredictedLayerSpectrum>();
    spectrum->layer = static_cast<std::int32_t>(layer);
    std::vector<double> values;
    for (const double exponent : exponents) {
        values.push_back(static_cast<double>(factors) * exponent / ln10);
    }
    spectrum->log10Quantiles = spectrum::valueQuantiles(values);
    spectrum->log10SMax = values.front();
    const double share = 1 / static_cast<double>(values.size());
    for (std::size_t i = values.size(); i-- > 1;) {
        spectrum->log10S.push_back((values[i] + values[i - 1]) / 2);
        spectrum->density.push_back(share / (values[i - 1] - values[i]));
    }
    return spectrum;
}

} // namespace

SpectrumPredictor::SpectrumPredictor(const RunSpec& spec, const theory::NetworkLaw& law,
                                     const std::vector<theory::LayerPrediction>& layers)
    : m_spec(spec), m_law(law), m_phi(theory::propagated(law))
{
    const Scope scope = spec.jacobian->scope;
    m_whyNot = scope == Scope::None ? "the Jacobian is not measured" : whyNotSquare(law);
    if (!m_whyNot.empty()) {
        return;
    }
    const bool orthogonal = law.ensemble == theory::Ensemble::Orthogonal;
    if (orthogonal && m_phi.outputsPerUnit > 1) {
        m_whyNot = "orthogonal weights behind a concatenated rectifier are no longer orthogonal "
                   "as the next layer sees them (looks_linear is)";
        return;
    }
    if (!orthogonal && scope != Scope::PerLayer && law.depth > law.width) {
        m_regime = Regime::Lyapunov;
        if (!keepsLengths(m_phi)) {
            m_whyNot = fmt::format("the depth {} exceeds the width {}, where free probability does "
                                   "not hold, and the Lyapunov exponents are known for linear "
                                   "networks only",
                                   law.depth, law.width);
            return;
        }
    }
    double sum = 0;
    m_logSlopes.push_back(0);
    for (const auto& layer : layers) {
        sum += std::log(layer.slopeSecondMoment);
        m_logSlopes.push_back(sum);
        const double logQ = layer.log10PreactivationMeanSquare * ln10;
        m_logQ.push_back(std::isnan(logQ) ? (m_logQ.empty() ? 0 : m_logQ.back()) : logQ);
    }
}

PredictedLayerPointer SpectrumPredictor::at(std::int64_t layer) const
{
    const Scope scope = m_spec.jacobian->scope;
    const std::int64_t first = scope == Scope::FromInput  ? 1
                               : scope == Scope::PerLayer ? layer
                                                          : layer + 1;
    const std::int64_t last = scope == Scope::ToOutput ? m_law.depth : layer;
    const auto factors = last - first + 1;
    const auto count = static_cast<double>(factors);
    if (factors < 1 || !m_whyNot.empty()) {
        return nullptr;
    }
    // Behind a concatenated rectifier a fan-in counts both halves, at the raw input it does not.
    const double parts = m_phi.outputsPerUnit;
    const double firstScale = first == 1 ? m_law.first.sigmaW2 * parts : m_law.hidden.sigmaW2;
    const double sigmaW2 =
        std::exp((std::log(firstScale) + (count - 1) * std::log(m_law.hidden.sigmaW2)) / count);
    if (m_regime == Regime::Lyapunov && factors > m_law.width) {
        return fromLyapunov(
            theory::lyapunovExponents(static_cast<int>(m_law.width), sigmaW2 / parts), factors,
            layer);
    }
    const auto from = static_cast<std::size_t>(first - 1);
    const auto to = static_cast<std::size_t>(last);
    const double meanLogSlope = (m_logSlopes[to] - m_logSlopes[from]) / count;
    const auto [low, high] = std::minmax_element(m_logQ.begin() + static_cast<std::ptrdiff_t>(from),
                                                 m_logQ.begin() + static_cast<std::ptrdiff_t>(to));
    const auto excess = [&](double logQ) {
        return std::log(theory::activationMoments(m_phi, std::exp(logQ)).slopeMoments[0]) -
               meanLogSlope;
    };
    double logQ = *high;
    if (*high - *low > 1e-12 && (excess(*low) > 0) != (excess(*high) > 0)) {
        logQ = theory::findRoot(excess, *low, *high);
    }
    return fromFree(theory::jacobianSpectrum({.phi = m_phi,
                                              .q = std::clamp(std::exp(logQ), smallestQ, largestQ),
                                              .sigmaW2 = sigmaW2,
                                              .ensemble = m_law.ensemble,
                                              .depth = factors}),
                    layer);
}

std::vector<std::int64_t> measuredLayers(const RunSpec& spec)
{
    std::vector<std::int64_t> layers;
    const bool toOutput = spec.jacobian->scope == Scope::ToOutput;
    const std::int64_t end = toOutput ? spec.depth - 1 : spec.depth;
    for (std::int64_t layer = toOutput ? 0 : spec.spectrumEvery; layer <= end;
         layer += spec.spectrumEvery) {
        layers.push_back(layer);
    }
    if (!toOutput && (layers.empty() || layers.back() != end)) {
        layers.push_back(end);
    }
    return layers;
}

} // namespace initlens::experiment
