#include "core/experiment/repair.h"

#include "core/experiment/prediction.h"
#include "core/experiment/weights_of_variance.h"
#include "core/theory/edge_of_chaos.h"
#include "core/theory/weight_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace initlens::experiment {

namespace {

using initializers::Ensemble;

/// Weights and biases to aim at.
struct Target {
    double sigmaW2 = 0;
    double sigmaB2 = 0;
};

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
    if (repair.spec == spec || !validate(repair.spec).empty()) {
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
