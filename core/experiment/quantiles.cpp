#include "core/experiment/quantiles.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace initlens::experiment {

namespace {

double quantile(const std::vector<double>& sorted, double level)
{
    const double position = level * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const auto above = std::min(below + 1, sorted.size() - 1);
    const double t = position - static_cast<double>(below);
    const double low = sorted[below];
    const double high = sorted[above];
    // Between a number and an infinity there is nothing to interpolate.
    if (low == high || !std::isfinite(low) || !std::isfinite(high)) {
        return t < 0.5 ? low : high;
    }
    return low + t * (high - low);
}

} // namespace

Spread spreadOf(std::vector<double> values)
{
    constexpr double lowLevel = 0.16;
    constexpr double highLevel = 0.84;
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (values.empty() ||
        std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); })) {
        return {nan, nan, nan};
    }
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    std::sort(values.begin(), values.end());
    return {sum / static_cast<double>(values.size()), quantile(values, lowLevel),
            quantile(values, highLevel)};
}

} // namespace initlens::experiment
