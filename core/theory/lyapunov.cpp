#include "core/theory/lyapunov.h"

#include "core/initializers/normal_quantile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

namespace initlens::theory {

namespace {

/// ln w where E[d / (w + d)] = y, 0 < y < P(d > 0), by Newton steps from `logW` in the logarithm of
/// the odds of y, of which ln w is nearly a linear function.
double logShift(SlopeLaw& slopes, double y, double logW)
{
    const double share = 1 - slopes.zeroMass();
    const double logOdds = std::log(y / (share - y));
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    for (int step = 0; step < 100; ++step) {
        // On the negative axis the transform is real: M(-w) = -E[d / (w + d)].
        const auto there = slopes.transform(logW, std::numbers::pi);
        const double mean = -there.moment.real();
        const double rest = share - mean;
        const double miss = std::log(mean / rest) - logOdds;
        (miss > 0 ? low : high) = logW; // the mean falls with w
        const double slope = -there.slope.real() * share / (mean * rest);
        double next = logW - miss / slope;
        if (!(next > low && next < high)) {
            next = std::isinf(low) ? logW - 1 : std::isinf(high) ? logW + 1 : (low + high) / 2;
        }
        const bool settled = std::abs(next - logW) < 1e-13 * (1 + std::abs(logW));
        logW = next;
        if (settled) {
            break;
        }
    }
    return logW;
}

} // namespace

double digamma(double x)
{
    // Upwards by psi(x) = psi(x + 1) - 1 / x to where the asymptotic series has all digits
    // (Abramowitz and Stegun 1964, 6.3.18).
    long double shift = 0;
    long double y = x;
    while (y < 20) {
        shift += 1 / y;
        y += 1;
    }
    const long double r = 1 / (y * y);
    const long double series =
        r * (1.0L / 12 -
             r * (1.0L / 120 -
                  r * (1.0L / 252 -
                       r * (1.0L / 240 - r * (1.0L / 132 - r * (691.0L / 32760 - r / 12))))));
    return static_cast<double>(std::log(y) - 1 / (2 * y) - series - shift);
}

std::vector<double> lyapunovExponents(int width, double sigmaW2)
{
    std::vector<double> exponents;
    exponents.reserve(static_cast<std::size_t>(width));
    for (int i = 1; i <= width; ++i) {
        const double gammaMean = digamma((width - i + 1) / 2.0);
        exponents.push_back((std::log(sigmaW2) + std::log(2.0 / width) + gammaMean) / 2);
    }
    return exponents;
}

std::vector<double> lyapunovExponents(int width, SlopeLaw& slopes)
{
    const double open = width * (1 - slopes.zeroMass());
    std::vector<double> exponents;
    double logW = std::log(slopes.moments()[0] * width);
    for (int i = 1; i <= width; ++i) {
        const double left = open - i + 0.5;
        if (left <= 0) {
            exponents.push_back(-std::numeric_limits<double>::infinity());
            continue;
        }
        const double y = (i - 0.5) / width;
        logW = logShift(slopes, y, logW);
        const double finiteWidth = digamma((left + 0.5) / 2) - std::log(left / 2);
        exponents.push_back((logW + std::log(y) + finiteWidth) / 2);
    }
    return exponents;
}

double fewestOpen(int width, double share, std::int64_t layers)
{
    // The mean of the smallest of so many normal numbers (Blom 1958, equation 6.9).
    const auto count = static_cast<double>(layers);
    const double lowest = initializers::normalQuantile(0.625 / (count + 0.25));
    const double deviation = std::sqrt(width * share * (1 - share));
    return std::clamp(width * share + deviation * lowest, 0.0, static_cast<double>(width));
}

} // namespace initlens::theory
