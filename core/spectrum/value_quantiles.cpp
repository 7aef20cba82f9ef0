#include "core/spectrum/value_quantiles.h"

#include <algorithm>
#include <limits>

namespace initlens::spectrum {

namespace {

double quantile(std::span<const double> descending, double level)
{
    const double position = (1 - level) * static_cast<double>(descending.size() - 1);
    const auto index = static_cast<std::size_t>(position);
    const double rest = position - static_cast<double>(index);
    if (rest == 0) {
        return descending[index];
    }
    return descending[index] + rest * (descending[index + 1] - descending[index]);
}

} // namespace

ValueQuantiles valueQuantiles(std::span<const double> descending)
{
    ValueQuantiles quantiles;
    quantiles.fill(std::numeric_limits<double>::quiet_NaN());
    if (!descending.empty()) {
        std::transform(quantileLevels.begin(), quantileLevels.end(), quantiles.begin(),
                       [&](double level) { return quantile(descending, level); });
    }
    return quantiles;
}

} // namespace initlens::spectrum
