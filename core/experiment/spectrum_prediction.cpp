#include "core/experiment/spectrum_prediction.h"

#include "core/theory/activation_moments.h"
#include "core/theory/lyapunov.h"
#include "core/theory/root.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::experiment {

namespace {

using Scope = spectrum::Scope::Kind;

constexpr double ln10 = std::numbers::ln10;

/// Where free probability's own numerics hold.
constexpr double smallestQ = 1e-8;
constexpr double largestQ = 1e8;

/// Layers are put together into at most so many variances; the laws of slopes that differ by less
/// (in the logarithm of their relative spread) are in any case.
constexpr std::size_t mostVariances = 6;
constexpr double sameSlopes = 0.01;

/// The q whose ln E[phi'^2] is the mean of those of layers in ascending order of q.
template <class Layer>
double representative(const theory::ActivationFunction& phi, Layer begin, Layer end)
{
    double mean = 0;
    for (Layer layer = begin; layer != end; ++layer) {
        mean += layer->logMean / static_cast<double>(end - begin);
    }
    const Layer low = begin;
    const Layer high = end - 1;
    const auto excess = [&](double logQ) {
        return std::log(theory::activationMoments(phi, std::exp(logQ)).slopeMoments[0]) - mean;
    };
    const bool brackets = (low->logMean > mean) != (high->logMean > mean);
    return std::exp(high->logQ - low->logQ > 1e-12 && brackets
                        ? theory::findRoot(excess, low->logQ, high->logQ)
                        : (low->logQ + high->logQ) / 2);
}

std::string whyNotSquare(const theory::NetworkLaw& law)
{
    if (!law.structure.isStack()) {
        return "singular values are predicted for stacks without skip connections and without "
               "normalisation";
    }
    if (!law.ensembleHoldsInSpace) {
        return "a flattened orthogonal kernel is not an orthogonal convolution, and no law is "
               "known "
               "for it";
    }
    const std::int64_t units = law.width * law.structure.geometry.pixels();
    return law.inputSize == units
               ? std::string()
               : fmt::format("layer 1 has {} inputs and {} units: the prediction is for layers as "
                             "wide as their inputs",
                             law.inputSize, units);
}

Result<std::shared_ptr<PredictedLayerSpectrum>> fromFree(const theory::JacobianSpectrum& found,
                                                         std::int64_t layer)
{
    if (!found.reason.empty()) {
        return Error(found.reason);
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

/// The zeros that a finite width adds: each layer has its own number of open units, and the fewest
/// count. What becomes zero is taken from the continuous part.
void addZerosOfWidth(PredictedLayerSpectrum& spectrum, const theory::ActivationFunction& phi,
                     const std::vector<theory::LayersAtVariance>& layers, std::int64_t width)
{
    if (spectrum.zeroMass == 0 || spectrum.log10S.empty()) {
        return;
    }
    const auto units = static_cast<double>(width);
    double open = units;
    for (const auto& group : layers) {
        const double share = 1 - theory::SlopeLaw(phi, group.q).zeroMass();
        open = std::min(open, theory::fewestOpen(static_cast<int>(width), share, group.count));
    }
    double bulk = 1 - spectrum.zeroMass;
    for (const auto& atom : spectrum.atoms) {
        bulk -= atom.mass;
    }
    const double added = std::clamp(1 - open / units - spectrum.zeroMass, 0.0, bulk);
    for (double& density : spectrum.density) {
        density *= (bulk - added) / bulk;
    }
    spectrum.zeroMass += added;
}

/// One value a unit, descending, those beyond the last zero: quantiles, and the density between
/// neighbours.
PredictedLayerPointer fromValues(const std::vector<double>& log10Values, std::int64_t width,
                                 std::int64_t layer)
{
    auto spectrum = std::make_shared<PredictedLayerSpectrum>();
    spectrum->layer = static_cast<std::int32_t>(layer);
    const double share = 1 / static_cast<double>(width);
    const std::size_t count = log10Values.size();
    spectrum->zeroMass = static_cast<double>(width - static_cast<std::int64_t>(count)) * share;
    spectrum->log10Quantiles = spectrum::valueQuantiles(log10Values);
    spectrum->log10SMax =
        count > 0 ? log10Values.front() : -std::numeric_limits<double>::infinity();
    for (std::size_t i = count; i-- > 1;) {
        spectrum->log10S.push_back((log10Values[i] + log10Values[i - 1]) / 2);
        spectrum->density.push_back(share / (log10Values[i - 1] - log10Values[i]));
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
    }
    theory::MomentTable table(m_phi);
    for (const auto& layer : layers) {
        const double logQ = layer.log10PreactivationMeanSquare * ln10;
        const double q = std::isnan(logQ) ? 1 : std::clamp(std::exp(logQ), smallestQ, largestQ);
        const auto moments = table.at(q).slopeMoments;
        m_slopes.push_back({.logQ = std::log(q),
                            .logMean = std::log(moments[0]),
                            .logSpread = std::log(moments[1]) - 2 * std::log(moments[0])});
    }
}

/// Layers first .. last as few variances whose slopes stand for those of all.
std::vector<theory::LayersAtVariance> SpectrumPredictor::variances(std::int64_t first,
                                                                   std::int64_t last) const
{
    if (theory::isHomogeneous(m_phi)) {
        return {{.q = 1, .count = last - first + 1}};
    }
    std::vector<SlopesOfLayer> layers(m_slopes.begin() + static_cast<std::ptrdiff_t>(first - 1),
                                      m_slopes.begin() + static_cast<std::ptrdiff_t>(last));
    std::sort(layers.begin(), layers.end(),
              [](const auto& a, const auto& b) { return a.logQ < b.logQ; });
    // How far the law of the slopes has changed on the way up to each.
    std::vector<double> change = {0};
    for (std::size_t i = 1; i < layers.size(); ++i) {
        change.push_back(change.back() + std::abs(layers[i].logSpread - layers[i - 1].logSpread) +
                         std::abs(layers[i].logMean - layers[i - 1].logMean) / 4);
    }
    std::vector<std::size_t> begins = {0, layers.size()};
    while (begins.size() <= mostVariances) {
        const auto spread = [&](std::size_t group) {
            return change[begins[group + 1] - 1] - change[begins[group]];
        };
        std::size_t widest = 0;
        for (std::size_t group = 1; group + 1 < begins.size(); ++group) {
            widest = spread(group) > spread(widest) ? group : widest;
        }
        if (spread(widest) <= sameSlopes) {
            break;
        }
        const double middle = change[begins[widest]] + spread(widest) / 2;
        const auto split = std::upper_bound(change.begin(), change.end(), middle);
        begins.insert(begins.begin() + static_cast<std::ptrdiff_t>(widest) + 1,
                      static_cast<std::size_t>(split - change.begin()));
    }
    std::vector<theory::LayersAtVariance> groups;
    for (std::size_t group = 0; group + 1 < begins.size(); ++group) {
        const auto begin = layers.begin() + static_cast<std::ptrdiff_t>(begins[group]);
        const auto end = layers.begin() + static_cast<std::ptrdiff_t>(begins[group + 1]);
        groups.push_back({.q = representative(m_phi, begin, end), .count = end - begin});
    }
    return groups;
}

/// The exponents of the few variances that stand for those of all layers.
void SpectrumPredictor::prepareExponents()
{
    for (const auto& group : variances(1, m_law.depth)) {
        theory::SlopeLaw slopes(m_phi, group.q);
        m_exponents.push_back(
            {.logQ = std::log(group.q),
             .openShare = 1 - slopes.zeroMass(),
             .values = theory::lyapunovExponents(static_cast<int>(m_law.width), slopes)});
    }
}

/// (ln s_i) = sum over the layers of their exponents.
PredictedLayerPointer SpectrumPredictor::beyondWidth(std::int64_t first, std::int64_t last,
                                                     double logGain, std::int64_t layer)
{
    if (m_exponents.empty()) {
        prepareExponents();
    }
    std::vector<std::int64_t> counts(m_exponents.size(), 0);
    for (std::int64_t l = first; l <= last; ++l) {
        const double logQ = m_slopes[static_cast<std::size_t>(l) - 1].logQ;
        const auto nearest = std::min_element(
            m_exponents.begin(), m_exponents.end(), [&](const auto& a, const auto& b) {
                return std::abs(a.logQ - logQ) < std::abs(b.logQ - logQ);
            });
        ++counts[static_cast<std::size_t>(nearest - m_exponents.begin())];
    }
    const auto width = static_cast<int>(m_law.width);
    double open = width;
    for (std::size_t group = 0; group < counts.size(); ++group) {
        if (counts[group] > 0) {
            open = std::min(open,
                            theory::fewestOpen(width, m_exponents[group].openShare, counts[group]));
        }
    }
    // Half a unit is none: no group has an exponent for it.
    std::vector<double> values(static_cast<std::size_t>(std::ceil(open - 0.5)));
    for (std::size_t i = 0; i < values.size(); ++i) {
        double sum = logGain;
        for (std::size_t group = 0; group < counts.size(); ++group) {
            sum += counts[group] > 0
                       ? static_cast<double>(counts[group]) * m_exponents[group].values[i]
                       : 0;
        }
        values[i] = sum / ln10;
    }
    return fromValues(values, m_law.width, layer);
}

Result<PredictedLayerPointer> SpectrumPredictor::at(std::int64_t layer)
{
    if (!m_whyNot.empty()) {
        return Error(m_whyNot);
    }
    const Scope scope = m_spec.jacobian->scope;
    const std::int64_t first = scope == Scope::FromInput  ? 1
                               : scope == Scope::PerLayer ? layer
                                                          : layer + 1;
    const std::int64_t last = scope == Scope::ToOutput ? m_law.depth : layer;
    const auto factors = last - first + 1;
    const auto count = static_cast<double>(factors);
    assert(factors >= 1);
    // Behind a concatenated rectifier a fan-in counts both halves, at the raw input it does not.
    const double parts = m_phi.outputsPerUnit;
    const double firstScale = first == 1 ? m_law.first.sigmaW2 * parts : m_law.hidden.sigmaW2;
    const double sigmaW2 =
        std::exp((std::log(firstScale) + (count - 1) * std::log(m_law.hidden.sigmaW2)) / count);
    if (m_regime == Regime::Lyapunov && factors > m_law.width) {
        return beyondWidth(first, last, count * std::log(sigmaW2 / parts) / 2, layer);
    }
    const auto groups = variances(first, last);
    const auto found = fromFree(
        theory::jacobianSpectrum(
            {.phi = m_phi, .sigmaW2 = sigmaW2, .ensemble = m_law.ensemble, .layers = groups}),
        layer);
    if (!found) {
        return found.error();
    }
    addZerosOfWidth(**found, m_phi, groups, m_law.width);
    return PredictedLayerPointer(*found);
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
