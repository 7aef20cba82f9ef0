#include "core/diagnostics/rows.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::diagnostics {

namespace {

spectrum::Estimate meanSquare(const spectrum::LayerSpectrum& spectrum)
{
    if (spectrum.sketch != nullptr && spectrum.sketch->count > 0) {
        return spectrum.sketch->log10MeanSquare;
    }
    if (spectrum.log10Values.empty()) {
        return {-std::numeric_limits<double>::infinity()};
    }
    // Relative to the largest: neither it nor its square need be a number of double precision.
    const double largest = spectrum.log10Values.front();
    double sum = 0;
    for (const double value : spectrum.log10Values) {
        sum += std::pow(10.0, 2 * (value - largest));
    }
    const auto count =
        static_cast<double>(spectrum.log10Values.size()) + static_cast<double>(spectrum.exactZeros);
    return {2 * largest + std::log10(sum / count)};
}

} // namespace

constinit const Diagnostic jacobianMeanSquare = {
    .head =
        {.id = "jacobian_mean_square",
         .label = "Mean squared singular value",
         .group = "Jacobian",
         .formula = "mean of sigma^2 over all min(rows, columns) singular values of the Jacobian, "
                    "zeros included",
         .source = "Pennington, Schoenholz and Ganguli 2017",
         .help =
             "What becomes of the squared length of a random small change on its way: it grows or "
             "shrinks by this factor on average. One means that gradients keep their size, "
             "though not yet that every direction does."},
    .needs = Needs::Jacobian,
    .reading = Kind::Profile,
    .scale = Scale::Log10,
    .axis = "mean of σ²",
    .measureSpectrum = &meanSquare,
};

} // namespace initlens::diagnostics
