#include "core/diagnostics/rows.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::diagnostics {

namespace {

spectrum::Estimate isometry(const spectrum::LayerSpectrum& spectrum)
{
    if (spectrum.sketch != nullptr && spectrum.sketch->count > 0) {
        return spectrum.sketch->isometry;
    }
    const auto& values = spectrum.log10Values;
    const auto count =
        static_cast<double>(values.size()) + static_cast<double>(spectrum.exactZeros);
    if (count == 0) {
        return {std::numeric_limits<double>::quiet_NaN()};
    }
    // A value of exactly two keeps its place whatever the rounding of its logarithm.
    const double factor = std::log10(2.0) + 1e-12;
    const auto near = std::count_if(values.begin(), values.end(),
                                    [&](double value) { return std::abs(value) <= factor; });
    return {static_cast<double>(near) / count};
}

} // namespace

constinit const Diagnostic jacobianIsometry = {
    .head =
        {.id = "jacobian_isometry",
         .label = "Isometry",
         .group = "Jacobian",
         .formula =
             "share of all min(rows, columns) singular values of the Jacobian between 1/2 and 2",
         .source = "Saxe, McClelland and Ganguli 2014",
         .help =
             "How near the network is to dynamical isometry: one when no direction is stretched or "
             "squeezed by more than a factor of two. Singular values that are exactly zero "
             "count as not near one."},
    .needs = Needs::Jacobian,
    .reading = Kind::Profile,
    .scale = Scale::Linear,
    .axis = "share of σ within a factor 2 of 1",
    .measureSpectrum = &isometry,
};

} // namespace initlens::diagnostics
