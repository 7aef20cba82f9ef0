#pragma once

#include "core/base/matrix.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace initlens::propagation {

/// Count, mean and sum of squared deviations of a set of numbers, and their merging without
/// cancellation (Chan, Golub and LeVeque 1983).
struct RunningMoments {
    double count = 0;
    double mean = 0;
    double squaredDeviations = 0;

    void merge(const RunningMoments& other)
    {
        const double total = count + other.count;
        const double difference = other.mean - mean;
        squaredDeviations +=
            other.squaredDeviations + difference * difference * count * other.count / total;
        mean += difference * other.count / total;
        count = total;
    }
};

/// Mean and deviations of `count` numbers, each times `scale`.
template <class T>
RunningMoments momentsOf(const T* x, Index count, double scale)
{
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (Index i = 0; i < count; ++i) {
        sum += static_cast<double>(x[i]) * scale;
    }
    const double mean = sum / static_cast<double>(count);
    double deviations = 0;
#pragma omp simd reduction(+ : deviations)
    for (Index i = 0; i < count; ++i) {
        const double d = static_cast<double>(x[i]) * scale - mean;
        deviations += d * d;
    }
    return {static_cast<double>(count), mean, deviations};
}

/// The power of two that brings numbers of this mean square near one; one where the mean square
/// lies within 10^-safe .. 10^safe, or is zero, infinite or not a number. It is a number of T.
template <class T>
double scaleForSquares(double log10MeanSquare, double safe)
{
    if (!std::isfinite(log10MeanSquare) || std::abs(log10MeanSquare) < safe) {
        return 1;
    }
    const double limit = std::numeric_limits<T>::max_exponent - 2;
    const double exponent = -std::round(log10MeanSquare / 2 * std::log2(10.0));
    return std::exp2(std::clamp(exponent, -limit, limit));
}

/// Sum of the squares of `count` numbers, each times `scale`.
template <class T>
double sumOfSquares(const T* x, Index count, double scale)
{
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (Index i = 0; i < count; ++i) {
        const double value = static_cast<double>(x[i]) * scale;
        sum += value * value;
    }
    return sum;
}

/// Sum of the products of two arrays, each element times `scale`.
template <class T>
double scaledDot(const T* x, const T* y, Index count, double scale)
{
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (Index i = 0; i < count; ++i) {
        sum += (static_cast<double>(x[i]) * scale) * (static_cast<double>(y[i]) * scale);
    }
    return sum;
}

} // namespace initlens::propagation
