#include "core/experiment/preview.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace initlens::experiment {

namespace {

using initializers::Initializer;
using initializers::Moments;
using initializers::WeightShape;

/// Multiplications that a preview may take, and from which a run is worth one.
constexpr double affordable = 8e8;
constexpr double worthwhile = 2.5e10;
/// Beyond it the single steps take too long, however narrow they are.
constexpr std::int64_t deepest = 3000;
constexpr std::int64_t mostSpectra = 25;
constexpr std::int64_t mostSamples = 16;
constexpr std::array<std::int64_t, 9> widths = {128, 112, 96, 80, 64, 48, 32, 24, 16};

std::int64_t spectra(const RunSpec& spec)
{
    return jacobianCount(spec) * ((spec.depth + spec.spectrumEvery - 1) / spec.spectrumEvery);
}

/// Multiplications: three products of a pass for every layer, a step of the chain, and spectra at
/// about a tenth of the speed of a product.
double cost(const RunSpec& spec)
{
    constexpr double spectrumFactor = 20;
    const auto width = static_cast<double>(spec.width);
    const auto depth = static_cast<double>(spec.depth);
    const auto trials = static_cast<double>(spec.trials);
    const double chain = 2 * depth * width * static_cast<double>(jacobianCount(spec));
    return width * width *
           (3 * depth * trials * static_cast<double>(spec.batch) + chain +
            spectrumFactor * width * static_cast<double>(spectra(spec)));
}

WeightShape hiddenShape(const RunSpec& spec)
{
    return network::weightShape(spec, effectiveInputSize(spec), std::min<Index>(2, spec.depth));
}

/// Fan-in times the variance of the weights, and the variance of the biases.
struct Law {
    double weights = 0;
    double biases = 0;
};

/// Nothing where the weights have no such law.
std::optional<Law> lawOf(const RunSpec& asked)
{
    const RunSpec spec = drawnSpec(asked);
    const WeightShape shape = hiddenShape(spec);
    const auto moments = spec.initializer->moments(shape, spec.initializer.values);
    if (!moments || moments->mean != 0) {
        return std::nullopt;
    }
    Law law = {.weights = static_cast<double>(shape.fanIn()) * moments->variance,
               .biases = spec.biasStd * spec.biasStd};
    const auto own = spec.initializer->ownBias == nullptr
                         ? std::nullopt
                         : spec.initializer->ownBias(shape, spec.initializer.values);
    if (own) {
        law.biases = own->uniformLimit * own->uniformLimit / 3;
    }
    return law;
}

bool nearlyEqual(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

/// Gives the twin weights and biases of the same law; false when there are none.
bool takeLaw(RunSpec& twin, const RunSpec& spec)
{
    if (spec.initializer->calibration != nullptr) {
        return true;
    }
    const auto wanted = lawOf(spec);
    const auto found = lawOf(twin);
    if (!wanted || !found) {
        return false;
    }
    if (nearlyEqual(wanted->weights, found->weights) &&
        nearlyEqual(wanted->biases, found->biases)) {
        return true;
    }
    if (spec.initializer->rank != nullptr || spec.initializer->needsConcatenatedRectifier) {
        return false;
    }
    auto gaussian = parseChoice(Initializer::table(), Initializer::kind, "scaled_gaussian");
    gaussian->values.front() = std::sqrt(wanted->weights);
    twin.initializer = *gaussian;
    twin.biasStd = std::sqrt(wanted->biases);
    return true;
}

RunSpec narrowed(const RunSpec& spec, std::int64_t width)
{
    RunSpec twin = spec;
    twin.width = width;
    twin.batch = std::min(spec.batch, mostSamples);
    twin.trials = 1;
    twin.jacobianSamples = 1;
    const auto every =
        (spec.depth + mostSpectra * spec.spectrumEvery - 1) / (mostSpectra * spec.spectrumEvery);
    twin.spectrumEvery = spec.spectrumEvery * every;
    if (spec.spectrum->matrixFree) {
        twin.spectrum = RunSpec().spectrum;
    }
    if (spec.inputSize > 0 && spec.input->fixedSize == 0) {
        twin.inputSize = std::max<std::int64_t>(1, spec.inputSize * width / spec.width);
    }
    return twin;
}

} // namespace

std::optional<RunSpec> previewOf(const RunSpec& spec)
{
    const bool image = network::structureOf(spec).geometry.pixels() > 1;
    if (image || cost(spec) < worthwhile || spec.depth > deepest) {
        return std::nullopt;
    }
    for (const std::int64_t width : widths) {
        RunSpec twin = narrowed(spec, width);
        if (width < spec.width && cost(twin) <= affordable) {
            return takeLaw(twin, spec) && validate(twin).empty() ? std::optional(twin)
                                                                 : std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace initlens::experiment
