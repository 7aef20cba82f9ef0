#include "core/experiment/verdict.h"

#include "core/experiment/prediction.h"
#include "core/experiment/repair.h"
#include "core/theory/activation_moments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace initlens::experiment {

namespace {

using theory::MeanField;
using theory::Phase;

/// A drift of the signal or the gradients over the whole depth that training hardly notices, and
/// one that it does not survive, in decades.
constexpr double harmless = 1;
constexpr double fatal = 4;
/// Networks train up to about so many depth scales (Schoenholz et al. 2017, section 5).
constexpr double trainableScales = 6;

/// Range of a number format: the largest number and the smallest that keeps all its digits.
struct NumberFormat {
    std::string_view name;
    double log10Largest;
    double log10Smallest;
};
constexpr std::array formats = {NumberFormat{"float16", 4.816, -4.214},
                                NumberFormat{"bfloat16", 38.530, -37.929},
                                NumberFormat{"float32", 38.531, -37.929}};

/// What the profiles say, where they exist.
const std::vector<double>& profile(const Prediction& prediction, std::string_view id)
{
    static const std::vector<double> none;
    const auto found = prediction.profiles.find(id);
    return found == prediction.profiles.end() ? none : found->second.values;
}

/// Difference in decades between two ends, with what left the range of numbers counted as infinite.
double drift(const std::vector<double>& values, bool fromEnd)
{
    if (values.empty()) {
        return 0;
    }
    const double begin = fromEnd ? values.back() : values.front();
    const double end = fromEnd ? values.front() : values.back();
    return std::isnan(end) ? std::numeric_limits<double>::infinity() : end - begin;
}

std::string factorText(double factor)
{
    return factor >= 0.01 && factor < 100 ? fmt::format("{:.3f}", factor)
                                          : fmt::format("{:.2e}", factor);
}

/// The variance of the pre-activations deep inside: q*, or where the last layer is.
double deepVariance(const Prediction& prediction)
{
    if (prediction.meanField->qStar && *prediction.meanField->qStar > 0) {
        return *prediction.meanField->qStar;
    }
    const auto& lengths = profile(prediction, "preactivation_second_moment");
    const auto last = std::find_if(lengths.rbegin(), lengths.rend(),
                                   [](double value) { return std::isfinite(value); });
    constexpr double farthest = 100;
    return last == lengths.rend() ? 1 : std::pow(10, std::clamp(*last, -farthest, farthest));
}

void addArithmetic(Verdict& verdict, const Prediction& prediction)
{
    const auto& law = prediction.law->hidden;
    const double q = deepVariance(prediction);
    const auto moments = theory::activationMoments(theory::propagated(*prediction.law), q);
    const double share = moments.secondMoment / q;
    std::string forward =
        fmt::format("Forward, each layer multiplies the second moment of h by fan-in × Var(W) × "
                    "E[φ²]/q = {} × {} = {}",
                    factorText(law.sigmaW2), factorText(share), factorText(law.sigmaW2 * share));
    if (law.sigmaB2 > 0) {
        forward += fmt::format(", and the biases add {}", factorText(law.sigmaB2));
    }
    verdict.reasons.push_back(fmt::format("{} (at q = {:.3g}).", forward, q));
    verdict.reasons.push_back(
        fmt::format("Backward, each layer multiplies the squared gradient by fan-out × Var(W) × "
                    "E[φ'²] = {} × {} = {}.",
                    factorText(law.sigmaW2), factorText(moments.slopeMoments[0]),
                    factorText(law.sigmaW2 * moments.slopeMoments[0])));
}

/// Beside skip connections and normalisation there is no fixed point: what counts is the whole way.
void addBranches(Verdict& verdict, const Prediction& prediction, double backward)
{
    const theory::NetworkLaw& law = *prediction.law;
    const network::Skip& skip = law.structure.skip;
    if (!skip.isNone()) {
        verdict.reasons.push_back(fmt::format(
            "Backward, a block multiplies the squared gradient by skip² + branch² × what its "
            "layers pass on: {} + {} × the layers' factor.",
            factorText(skip.skip * skip.skip), factorText(skip.branch * skip.branch)));
    }
    const auto depth = static_cast<double>(law.depth);
    verdict.reasons.push_back(
        fmt::format("Over the whole depth a layer multiplies the gradient by {} on average.",
                    factorText(std::pow(10, backward / std::max(1.0, depth - 1)))));
    switch (law.structure.normalisation) {
    case network::Normalisation::Batch:
        verdict.reasons.emplace_back(
            "Batch normalisation keeps the signal's size whatever the weights are, and separates "
            "the samples; gradients pay for it with a factor in every layer.");
        break;
    case network::Normalisation::Layer:
        verdict.reasons.emplace_back(
            "Layer normalisation keeps the signal's size whatever the weights are.");
        break;
    case network::Normalisation::None:
        break;
    }
}

void addPhase(Verdict& verdict, const MeanField& field)
{
    switch (field.phase) {
    case Phase::Critical:
        verdict.reasons.emplace_back(
            "Phase: critical, on the edge of chaos; signals and gradients travel through any "
            "depth.");
        return;
    case Phase::Diverging:
        verdict.reasons.emplace_back(
            "Phase: diverging; the pre-activations grow without end and have no fixed point.");
        return;
    case Phase::Ordered:
    case Phase::Chaotic:
        break;
    }
    if (!field.correlationDepth || !field.chi1) {
        return;
    }
    const bool ordered = field.phase == Phase::Ordered;
    verdict.reasons.push_back(
        fmt::format("Phase: {}, χ₁ = {:.4g}; {} over about ξ = {:.3g} layers, so training "
                    "can be expected to some 6 ξ = {:.0f} layers.",
                    theory::phaseName(field.phase), *field.chi1,
                    ordered ? "different inputs become alike" : "nearby inputs lose each other",
                    *field.correlationDepth, trainableScales * *field.correlationDepth));
}

/// The first layer, in the direction of travel, whose value leaves a format; 0: none does.
std::size_t firstOutside(const std::vector<double>& values, bool fromEnd, double offset,
                         const NumberFormat& format)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t at = fromEnd ? values.size() - 1 - i : i;
        const double value = values[at] + offset;
        if (!(value < format.log10Largest && value > format.log10Smallest)) {
            return at + 1;
        }
    }
    return 0;
}

void addFormats(Verdict& verdict, std::string_view what, const std::vector<double>& values,
                bool fromEnd, double offset)
{
    std::string places;
    for (const NumberFormat& format : formats) {
        const std::size_t layer = firstOutside(values, fromEnd, offset, format);
        if (layer > 0) {
            places +=
                fmt::format("{}{} at layer {}", places.empty() ? "" : ", ", format.name, layer);
        }
    }
    if (!places.empty()) {
        verdict.reasons.push_back(fmt::format("The {} leave the range of {}.", what, places));
    }
}

void addFormats(Verdict& verdict, const Prediction& prediction)
{
    std::vector<double> sizes = profile(prediction, "activation_second_moment");
    for (double& value : sizes) {
        value /= 2;
    }
    const auto& gradients = profile(prediction, "gradient_norm");
    // The norm is over all units; an element is smaller by their root.
    const double perElement = -std::log10(static_cast<double>(prediction.law->width)) / 2;
    addFormats(verdict, "activations", sizes, false, 0);
    addFormats(verdict, "gradients", gradients, true, perElement);
}

void addIsometry(Verdict& verdict, const RunSpec& spec, const Prediction& prediction)
{
    if (prediction.law->looksLinear) {
        verdict.reasons.emplace_back(
            "Isometry: exact; all singular values of the Jacobian are equal at any depth.");
        return;
    }
    constexpr double nearZero = 1e-12;
    const auto moments = theory::activationMoments(prediction.law->phi, nearZero);
    const double spread =
        moments.slopeMoments[1] / (moments.slopeMoments[0] * moments.slopeMoments[0]) - 1;
    constexpr double closeToLinear = 1e-3;
    if (!(spread < closeToLinear)) {
        verdict.reasons.push_back(fmt::format(
            "Isometry: impossible with {}; however small the signal, its slopes differ, and the "
            "squared singular values of L layers spread by {:.3g} L.",
            spec.activation.id(), spread));
    } else {
        verdict.reasons.push_back(fmt::format(
            "Isometry: possible with {} near h = 0, where it is a straight line: orthogonal "
            "weights on the edge of chaos with a small q*; never with Gaussian weights.",
            spec.activation.id()));
    }
}

std::string headline(const RunSpec& spec, double forward, double backward, Fate fate)
{
    const auto change = [](double decades) {
        return std::isinf(decades) ? std::string("out of the range of numbers")
                                   : fmt::format("by 10^{:+.1f}", decades);
    };
    if (fate == Fate::Trains) {
        return fmt::format("Signals and gradients keep their size through all {} layers.",
                           spec.depth);
    }
    const bool gradientsTell = std::abs(backward) >= std::abs(forward);
    const double decades = gradientsTell ? backward : forward;
    const std::string_view what = gradientsTell ? "Gradients" : "Signals";
    const bool grow = decades > 0;
    return fmt::format("{} {} {} over {} layers.", what,
                       gradientsTell ? (grow ? "explode" : "vanish") : (grow ? "explode" : "fade"),
                       change(decades), spec.depth);
}

} // namespace

Verdict verdictOf(const RunSpec& spec, const Prediction& prediction)
{
    Verdict verdict;
    if (!prediction.law) {
        verdict.headline = "Theory has no prediction for these weights.";
        verdict.reasons.push_back(fmt::format("Reason: {}.", prediction.whyNot));
        verdict.repair = repairOf(spec, prediction);
        return verdict;
    }
    const double forward = drift(profile(prediction, "preactivation_second_moment"), false) / 2;
    const double backward = drift(profile(prediction, "gradient_norm"), true);
    const double worst = std::max(std::abs(forward), std::abs(backward));
    const bool isStack = prediction.meanField.has_value();
    const auto xi = isStack ? prediction.meanField->correlationDepth : std::nullopt;
    const bool tooDeep = xi && static_cast<double>(spec.depth) > trainableScales * *xi;
    if (worst > fatal) {
        verdict.fate = Fate::Fails;
    } else {
        verdict.fate = worst > harmless || tooDeep ? Fate::Doubtful : Fate::Trains;
    }
    verdict.headline =
        verdict.fate == Fate::Doubtful && worst <= harmless
            ? fmt::format("Sizes hold, but after {} layers all inputs look {}.", spec.depth,
                          prediction.meanField->phase == Phase::Chaotic ? "unrelated" : "alike")
            : headline(spec, forward, backward, verdict.fate);
    if (isStack) {
        addArithmetic(verdict, prediction);
        addPhase(verdict, *prediction.meanField);
    } else {
        addBranches(verdict, prediction, backward);
    }
    addFormats(verdict, prediction);
    if (isStack) {
        addIsometry(verdict, spec, prediction);
    }
    if (isStack && verdict.fate != Fate::Trains) {
        verdict.repair = repairOf(spec, prediction);
    }
    return verdict;
}

} // namespace initlens::experiment
