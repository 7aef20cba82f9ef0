#include "core/diagnostics/rows.h"

#include <cmath>
#include <limits>

namespace initlens::diagnostics {

namespace {

spectrum::Estimate conditionNumber(const spectrum::LayerSpectrum& spectrum)
{
    if (const auto& sketch = spectrum.sketch; sketch != nullptr) {
        if (sketch->smallest.empty()) {
            return {std::numeric_limits<double>::quiet_NaN()};
        }
        const auto& largest = sketch->largest.front();
        const auto& smallest = sketch->smallest.front();
        return {largest.log10Value - smallest.log10Value, largest.bound + smallest.bound};
    }
    const bool isLost = !spectrum.bounds.empty() && std::isinf(spectrum.bounds.back());
    return {spectrum.log10Values.empty() || isLost
                ? std::numeric_limits<double>::quiet_NaN()
                : spectrum.log10Values.front() - spectrum.log10Values.back()};
}

} // namespace

constinit const Diagnostic jacobianConditionNumber = {
    .head = {.id = "jacobian_condition_number",
             .label = "Condition number",
             .group = "Jacobian",
             .formula = "largest over smallest singular value of the Jacobian that is not zero",
             .source = "Golub and Van Loan 2013, section 2.6",
             .help = "How unequally directions are stretched. Singular values that are exactly "
                     "zero, behind "
                     "dead gates, are left out: with them the number would be infinite for every "
                     "rectifier and would tell nothing. No value where the smallest is lost in "
                     "rounding, or where a sketch does not reach it."},
    .needs = Needs::Jacobian,
    .reading = Kind::Profile,
    .scale = Scale::Log10,
    .axis = "σ max / σ min",
    .measureSpectrum = &conditionNumber,
    .dependsOnSize = true,
};

} // namespace initlens::diagnostics
