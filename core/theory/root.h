#pragma once

#include <cmath>
#include <utility>

namespace initlens::theory {

/// A root of a continuous function between two points where its signs differ (Brent 1973, chapter
/// 4): the bracket shrinks to the last digits whatever the function.
template <class Function>
double findRoot(Function&& f, double low, double high)
{
    double fLow = f(low);
    double fHigh = f(high);
    double before = low;
    double fBefore = fLow;
    double step = high - low;
    double lastStep = step;
    for (int i = 0; i < 200; ++i) {
        if (std::abs(fBefore) < std::abs(fHigh)) {
            low = std::exchange(high, before);
            before = low;
            fLow = std::exchange(fHigh, fBefore);
            fBefore = fLow;
        }
        const double tolerance = 4.5e-16 * std::abs(high) + 1e-300;
        const double middle = (before - high) / 2;
        if (std::abs(middle) <= tolerance || fHigh == 0) {
            break;
        }
        bool bisect = true;
        if (std::abs(lastStep) >= tolerance && std::abs(fLow) > std::abs(fHigh)) {
            double numerator = 0;
            double denominator = 0;
            const double ratio = fHigh / fLow;
            if (low == before) {
                numerator = 2 * middle * ratio;
                denominator = 1 - ratio;
            } else {
                const double first = fLow / fBefore;
                const double second = fHigh / fBefore;
                numerator =
                    ratio * (2 * middle * first * (first - second) - (high - low) * (second - 1));
                denominator = (first - 1) * (second - 1) * (ratio - 1);
            }
            if (numerator > 0) {
                denominator = -denominator;
            }
            numerator = std::abs(numerator);
            if (2 * numerator <
                std::min(3 * middle * denominator - std::abs(tolerance * denominator),
                         std::abs(lastStep * denominator))) {
                lastStep = std::exchange(step, numerator / denominator);
                bisect = false;
            }
        }
        if (bisect) {
            lastStep = step = middle;
        }
        low = high;
        fLow = fHigh;
        high += std::abs(step) > tolerance ? step : std::copysign(tolerance, middle);
        fHigh = f(high);
        if ((fHigh > 0) == (fBefore > 0)) {
            before = low;
            fBefore = fLow;
            step = lastStep = high - low;
        }
    }
    return high;
}

} // namespace initlens::theory
