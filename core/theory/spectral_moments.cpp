#include "core/theory/spectral_moments.h"

#include <cmath>
#include <limits>

namespace initlens::theory {

namespace {

/// c_0 + c_1 m + c_2 m^2 + c_3 m^3, and no more.
using Series = std::array<long double, 4>;

/// exp of a series without constant term.
Series exponential(const Series& a)
{
    return {1, a[1], a[2] + a[1] * a[1] / 2, a[3] + a[1] * a[2] + a[1] * a[1] * a[1] / 6};
}

/// ln(1 + b_1 m + b_2 m^2 + b_3 m^3).
Series logarithm(long double b1, long double b2, long double b3)
{
    return {0, b1, b2 - b1 * b1 / 2, b3 - b1 * b2 + b1 * b1 * b1 / 3};
}

/// ln(mean / (m zeta)) of one law, where mean / zeta is the inverse of m = x + second x^2 + ...
Series logInverse(const std::array<double, 4>& moments)
{
    const long double mean = moments[0];
    const long double second = moments[1] / mean / mean;
    const long double third = moments[2] / mean / mean / mean;
    const long double fourth = moments[3] / mean / mean / mean / mean;
    return logarithm(-second, 2 * second * second - third,
                     5 * second * third - 5 * second * second * second - fourth);
}

} // namespace

std::array<double, 4> logMoments(const SlopeLaws& slopes, Ensemble ensemble)
{
    std::array<double, 4> result;
    result.fill(-std::numeric_limits<double>::infinity());
    const Series onePlus = logarithm(1, 0, 0);
    const long double power =
        ensemble == Ensemble::Gaussian ? 1 : 1 - static_cast<long double>(slopes.depth());
    long double logMean = 0;
    Series growth{};
    for (std::size_t i = 0; i < growth.size(); ++i) {
        growth[i] = power * onePlus[i];
    }
    for (const SlopeLaws::Group& group : slopes.groups()) {
        const std::array<double, 4>& moments = group.law->moments();
        if (!(moments[0] > 0)) {
            return result;
        }
        const auto count = static_cast<long double>(group.count);
        const Series inverse = logInverse(moments);
        logMean += count * std::log(static_cast<long double>(moments[0]));
        for (std::size_t i = 0; i < growth.size(); ++i) {
            growth[i] -= count * inverse[i];
        }
    }
    for (std::size_t order = 1; order <= result.size(); ++order) {
        const auto k = static_cast<long double>(order);
        Series scaled{};
        for (std::size_t i = 0; i < growth.size(); ++i) {
            scaled[i] = k * growth[i];
        }
        const long double coefficient = exponential(scaled)[order - 1] / k;
        result[order - 1] = static_cast<double>(k * logMean + std::log(coefficient));
    }
    return result;
}

} // namespace initlens::theory
