#include "core/diagnostics/rows.h"

#include <cmath>
#include <limits>

namespace initlens::diagnostics {

namespace {

spectrum::Estimate effectiveRank(const spectrum::LayerSpectrum& spectrum)
{
    if (spectrum.sketch != nullptr && spectrum.sketch->count > 0) {
        return spectrum.sketch->effectiveRank;
    }
    if (spectrum.log10Values.empty()) {
        return {std::numeric_limits<double>::quiet_NaN()};
    }
    // With p_i = r_i / R the entropy is ln R - (1/R) sum r_i ln r_i.
    double sum = 0;
    double weighted = 0;
    for (const double value : spectrum.log10Values) {
        const double log = (value - spectrum.log10Values.front()) * std::log(10.0);
        sum += std::exp(log);
        weighted += std::exp(log) * log;
    }
    return {std::exp(std::log(sum) - weighted / sum)};
}

} // namespace

constinit const Diagnostic jacobianEffectiveRank = {
    .head = {.id = "jacobian_effective_rank",
             .label = "Effective rank",
             .group = "Jacobian",
             .formula = "exp of the entropy of sigma_i / sum of sigma, over the singular values of "
                        "the Jacobian",
             .source = "Roy and Vetterli 2007, definition 1",
             .help =
                 "In how many directions the network still answers: all of them when all singular "
                 "values are equal, one when a single direction outgrows the others."},
    .needs = Needs::Jacobian,
    .reading = Kind::Profile,
    .scale = Scale::Linear,
    .axis = "effective rank",
    .measureSpectrum = &effectiveRank,
    .dependsOnSize = true,
};

} // namespace initlens::diagnostics
