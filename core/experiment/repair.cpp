#include "core/experiment/repair.h"

#include "core/experiment/prediction.h"
#include "core/theory/edge_of_chaos.h"
#include "core/theory/weight_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace initlens::experiment {

namespace {

using initializers::Ensemble;
using initializers::Initializer;
using initializers::InitializerChoice;

/// Weights and biases to aim at.
struct Target {
    double sigmaW2 = 0;
    double sigmaB2 = 0;
};

bool isNear(double a, double b)
{
    constexpr double tolerance = 1e-6;
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

/// The edge of chaos with the biases as they are, else without; where q* would be unstable or there
/// is no edge, what keeps the second moment.
std::optional<Target> targetOf(const theory::ActivationFunction& phi, double sigmaB2)
{
    for (const double biases : {sigmaB2, 0.0}) {
        for (const auto& point : theory::edgeWithBias(phi, biases)) {
            if (point.stable || !point.qStar) {
                return Target{point.sigmaW2, point.sigmaB2};
            }
        }
    }
    const double scale = theory::weightScale(phi).forward;
    return std::isfinite(scale) ? std::optional(Target{scale, 0}) : std::nullopt;
}

/// sigma_w^2 of a row with these parameters, where its weights follow a simple law without a mean.
std::optional<double> sigmaW2Of(const RunSpec& spec, const InitializerChoice& choice)
{
    const auto shape = network::weightShape(spec, effectiveInputSize(spec), 2);
    const auto moments = choice->moments(shape, choice.values);
    return moments && moments->mean == 0 && moments->variance > 0
               ? std::optional(static_cast<double>(shape.fanIn()) * moments->variance)
               : std::nullopt;
}

/// A row of the kind whose weights have that sigma_w^2: one that has it as it stands, else one with
/// a parameter that scales the deviation.
std::optional<InitializerChoice> weightsWith(const RunSpec& spec, Ensemble ensemble, double sigmaW2)
{
    std::optional<InitializerChoice> scaled;
    for (const Initializer* row : Initializer::table()) {
        if (row->ensemble != ensemble || row->needsConcatenatedRectifier || row->onEdgeOfChaos ||
            row->ownBias != nullptr) {
            continue;
        }
        const InitializerChoice choice(*row);
        const auto initial = sigmaW2Of(spec, choice);
        if (!initial) {
            continue;
        }
        if (isNear(*initial, sigmaW2)) {
            return choice;
        }
        if (row->head.params.size() == 1 && !scaled) {
            InitializerChoice other = choice;
            other.values.front() *= std::sqrt(sigmaW2 / *initial);
            const auto& param = row->head.params.front();
            const bool allowed =
                other.values.front() >= param.min && other.values.front() <= param.max;
            if (const auto reached = sigmaW2Of(spec, other);
                allowed && reached && isNear(*reached, sigmaW2)) {
                scaled = other;
            }
        }
    }
    return scaled;
}

} // namespace

std::optional<Repair> repairOf(const RunSpec& spec, const Prediction& prediction)
{
    const bool known = prediction.law.has_value();
    const Ensemble ensemble = known && prediction.law->ensemble == theory::Ensemble::Orthogonal
                                  ? Ensemble::Orthogonal
                                  : Ensemble::Independent;
    const double sigmaB2 = known ? prediction.law->hidden.sigmaB2 : spec.biasStd * spec.biasStd;
    const auto target = targetOf(theory::functionOf(spec.activation), sigmaB2);
    if (!target || (known && isNear(prediction.law->hidden.sigmaW2, target->sigmaW2) &&
                    prediction.law->hidden.sigmaB2 == target->sigmaB2)) {
        return std::nullopt;
    }
    const auto weights = weightsWith(spec, ensemble, target->sigmaW2);
    if (!weights) {
        return std::nullopt;
    }
    Repair repair{.change = {}, .spec = spec};
    repair.spec.initializer = *weights;
    repair.spec.biasStd = std::sqrt(target->sigmaB2);
    if (!validate(repair.spec).empty()) {
        return std::nullopt;
    }
    const std::string_view label = weights->row->head.label;
    repair.change = fmt::format("{}: fan-in × Var(W) = {:.4g}", label, target->sigmaW2);
    if (known) {
        repair.change += fmt::format(" instead of {:.4g}", prediction.law->hidden.sigmaW2);
    }
    if (sigmaB2 > 0 && target->sigmaB2 == 0) {
        repair.change += ", no biases";
    }
    return repair;
}

} // namespace initlens::experiment
