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

} // namespace

std::array<double, 4> logMoments(const std::array<double, 4>& slopeMoments, Ensemble ensemble,
                                 std::int64_t depth)
{
    std::array<double, 4> result;
    result.fill(-std::numeric_limits<double>::infinity());
    if (!(slopeMoments[0] > 0)) {
        return result;
    }
    const long double mean = slopeMoments[0];
    const long double second = slopeMoments[1] / mean / mean;
    const long double third = slopeMoments[2] / mean / mean / mean;
    const long double fourth = slopeMoments[3] / mean / mean / mean / mean;
    // mean / zeta = m (1 + b_1 m + ...), the inverse of m = x + second x^2 + third x^3 + ...
    const Series inverse = logarithm(-second, 2 * second * second - third,
                                     5 * second * third - 5 * second * second * second - fourth);
    const Series onePlus = logarithm(1, 0, 0);
    const auto factors = static_cast<long double>(depth);
    const long double power = ensemble == Ensemble::Gaussian ? 1 : 1 - factors;
    Series growth{};
    for (std::size_t i = 0; i < growth.size(); ++i) {
        growth[i] = power * onePlus[i] - factors * inverse[i];
    }
    for (std::size_t order = 1; order <= result.size(); ++order) {
        const auto k = static_cast<long double>(order);
        Series scaled{};
        for (std::size_t i = 0; i < growth.size(); ++i) {
            scaled[i] = k * growth[i];
        }
        const long double coefficient = exponential(scaled)[order - 1] / k;
        result[order - 1] =
            static_cast<double>(k * factors * std::log(mean) + std::log(coefficient));
    }
    return result;
}

} // namespace initlens::theory
