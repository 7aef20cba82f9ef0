#include "core/experiment/weights_of_variance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace initlens::experiment {

namespace {

using initializers::Ensemble;
using initializers::Initializer;
using initializers::InitializerChoice;

/// sigma_w^2 of a row with these parameters, where its weights follow a simple law without a mean.
std::optional<double> sigmaW2Of(const RunSpec& spec, const InitializerChoice& choice)
{
    const auto shape = network::weightShape(spec, effectiveInputSize(spec), 2);
    const auto moments = choice->moments(shape, choice.values);
    return moments && moments->mean == 0 && moments->variance > 0
               ? std::optional(static_cast<double>(shape.fanIn()) * moments->variance)
               : std::nullopt;
}

/// Whether the weights end as sharply as uniform ones: the largest of a sample is below two
/// deviations, those of normal laws beyond, truncated ones included.
bool isUniform(const InitializerChoice& choice)
{
    constexpr Index side = 24;
    constexpr double sharpest = 1.9;
    const initializers::WeightShape shape{.outputs = side, .inputs = side};
    const auto moments = choice->moments(shape, choice.values);
    if (!moments || choice->ensemble != Ensemble::Independent) {
        return false;
    }
    std::vector<double> weights(static_cast<std::size_t>(side * side));
    const initializers::Request request{
        .shape = shape, .params = choice.values, .stream = random::Stream()};
    choice->fill(MatrixView<double>(weights.data(), side, side), request, Execution());
    const auto largest = std::max_element(weights.begin(), weights.end());
    return *largest < sharpest * std::sqrt(moments->variance);
}

/// The row with parameter `index`, or all of them, times `factor`; nothing beyond their limits.
std::optional<InitializerChoice> scaled(InitializerChoice choice, std::optional<std::size_t> index,
                                        double factor)
{
    const auto params = choice->head.params;
    for (std::size_t i = 0; i < params.size(); ++i) {
        if (params[i].isOption() || params[i].integer || (index && *index != i)) {
            continue;
        }
        choice.values[i] *= factor;
        if (choice.values[i] < params[i].min || choice.values[i] > params[i].max) {
            return std::nullopt;
        }
    }
    return choice;
}

bool isThere(const RunSpec& spec, const theory::LayerLaw& target)
{
    const auto law = validate(spec).empty() ? lawOf(spec) : Error();
    return law && isNear(law->hidden.sigmaW2, target.sigmaW2) &&
           isNear(law->hidden.sigmaB2, target.sigmaB2);
}

/// The spec with its own initializer scaled: by one parameter that is a deviation, or a variance,
/// or by all of them together (the two ends of a range).
std::optional<RunSpec> withOwnRow(const RunSpec& spec, double present,
                                  const theory::LayerLaw& target)
{
    RunSpec moved = spec;
    moved.biasStd = std::sqrt(target.sigmaB2);
    if (isThere(moved, target)) {
        return moved;
    }
    const double ratio = target.sigmaW2 / present;
    for (std::size_t i = 0; i <= spec.initializer.values.size(); ++i) {
        const auto index =
            i < spec.initializer.values.size() ? std::optional(i) : std::optional<std::size_t>();
        for (const double factor : {std::sqrt(ratio), ratio}) {
            if (const auto choice = scaled(spec.initializer, index, factor)) {
                moved.initializer = *choice;
                if (isThere(moved, target)) {
                    return moved;
                }
            }
        }
    }
    return std::nullopt;
}

/// `like`: rows that are uniform, or not, as that one is; null: all.
std::optional<InitializerChoice> findWeights(const RunSpec& spec, Ensemble ensemble, double sigmaW2,
                                             const InitializerChoice* like)
{
    const bool uniform = like != nullptr && isUniform(*like);
    std::optional<InitializerChoice> other;
    for (const Initializer* row : Initializer::table()) {
        const InitializerChoice choice(*row);
        if (row->ensemble != ensemble || row->needsConcatenatedRectifier || row->onEdgeOfChaos ||
            row->ownBias != nullptr || (like != nullptr && isUniform(choice) != uniform)) {
            continue;
        }
        const auto initial = sigmaW2Of(spec, choice);
        if (!initial) {
            continue;
        }
        if (isNear(*initial, sigmaW2)) {
            return choice;
        }
        if (row->head.params.size() == 1 && !other) {
            const auto candidate = scaled(choice, 0, std::sqrt(sigmaW2 / *initial));
            const auto reached = candidate ? sigmaW2Of(spec, *candidate) : std::nullopt;
            if (reached && isNear(*reached, sigmaW2)) {
                other = candidate;
            }
        }
    }
    return other;
}

} // namespace

bool isNear(double a, double b)
{
    constexpr double tolerance = 1e-6;
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

std::optional<InitializerChoice> weightsWith(const RunSpec& spec, Ensemble ensemble, double sigmaW2)
{
    return findWeights(spec, ensemble, sigmaW2, nullptr);
}

Result<theory::NetworkLaw> lawOf(const RunSpec& spec)
{
    if (spec.initializer->calibration != nullptr) {
        return Error(fmt::format("{} fits the weights to the data, wherever one puts them",
                                 spec.initializer.id()));
    }
    return theory::networkLaw(spec, effectiveInputSize(spec));
}

std::optional<RunSpec> movedTo(const RunSpec& spec, const theory::LayerLaw& target)
{
    const auto law = lawOf(spec);
    if (!law) {
        return std::nullopt;
    }
    if (law->hidden.sigmaW2 > 0) {
        if (auto own = withOwnRow(spec, law->hidden.sigmaW2, target)) {
            return own;
        }
    }
    if (law->looksLinear) {
        return std::nullopt;
    }
    const Ensemble ensemble = spec.initializer->ensemble;
    auto weights = findWeights(spec, ensemble, target.sigmaW2, &spec.initializer);
    if (!weights) {
        weights = weightsWith(spec, ensemble, target.sigmaW2);
    }
    if (!weights) {
        return std::nullopt;
    }
    RunSpec moved = spec;
    moved.initializer = *weights;
    moved.biasStd = std::sqrt(target.sigmaB2);
    return isThere(moved, target) ? std::optional(moved) : std::nullopt;
}

} // namespace initlens::experiment
