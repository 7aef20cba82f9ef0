#pragma once

#include "core/activations/activation.h"

#include <cmath>

// glibc's vector mathematics (libmvec, 4 ulp at most). Declaring the vector variants here lets the
// compiler use them without -ffast-math, which would break the handling of NaN and infinity.
#if defined(__linux__) && defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define INITLENS_VECTOR __attribute__((simd("notinbranch")))
extern "C" {
INITLENS_VECTOR float expf(float) noexcept;
INITLENS_VECTOR double exp(double) noexcept;
INITLENS_VECTOR float expm1f(float) noexcept;
INITLENS_VECTOR double expm1(double) noexcept;
INITLENS_VECTOR float log1pf(float) noexcept;
INITLENS_VECTOR double log1p(double) noexcept;
INITLENS_VECTOR float tanhf(float) noexcept;
INITLENS_VECTOR double tanh(double) noexcept;
INITLENS_VECTOR float erff(float) noexcept;
INITLENS_VECTOR double erf(double) noexcept;
INITLENS_VECTOR float erfcf(float) noexcept;
INITLENS_VECTOR double erfc(double) noexcept;
INITLENS_VECTOR float sinf(float) noexcept;
INITLENS_VECTOR double sin(double) noexcept;
INITLENS_VECTOR float cosf(float) noexcept;
INITLENS_VECTOR double cos(double) noexcept;
INITLENS_VECTOR float atanf(float) noexcept;
INITLENS_VECTOR double atan(double) noexcept;
}
#undef INITLENS_VECTOR
#endif

namespace initlens::activations {

template <class T>
struct ValueAndSlope {
    T value;
    T slope;
};

/// h within [low, high]; NaN stays NaN.
template <class T>
T clamped(T h, T low, T high)
{
    const T notBelow = h < low ? low : h;
    return notBelow > high ? high : notBelow;
}

/// The positive part of h; NaN stays NaN.
template <class T>
T positivePart(T h)
{
    return h <= T(0) ? T(0) : h;
}

/// 1 above zero, 0 at zero and below; NaN stays NaN.
template <class T>
T stepAtZero(T h)
{
    const T above = h > T(0) ? T(1) : h;
    return h <= T(0) ? T(0) : above;
}

/// The logistic function and its complement, both with full relative accuracy in both tails.
template <class T>
struct Logistic {
    T value;      ///< 1 / (1 + exp(-h))
    T complement; ///< 1 / (1 + exp(h))
};
template <class T>
Logistic<T> logistic(T h)
{
    const T e = std::exp(-std::abs(h));
    const T large = T(1) / (T(1) + e);
    const T small = e * large;
    return {h < T(0) ? small : large, h < T(0) ? large : small};
}

/// The loop around a function object F with `template <class T> static ValueAndSlope<T> at(T h,
/// const T* params)`. Write `at` without branches (`?:` is fine): the compiler vectorises it.
template <class F, class T>
void evaluateElementwise(const T* h, T* value, T* slope, Index count, Index /*stride*/,
                         const double* params)
{
    constexpr int mostParams = 4;
    T local[mostParams] = {};
    for (int i = 0; i < F::paramCount; ++i) {
        local[i] = static_cast<T>(params[i]);
    }
#pragma GCC ivdep
    for (Index i = 0; i < count; ++i) {
        const ValueAndSlope<T> result = F::at(h[i], local);
        value[i] = result.value;
        slope[i] = result.slope;
    }
}

/// The row of an elementwise activation.
template <class F>
constexpr Activation elementwise(const RowHead& head, double (*largestSlope)(const double*),
                                 std::span<const double> kinks = {})
{
    Activation row;
    row.head = head;
    row.evaluateFloat = &evaluateElementwise<F, float>;
    row.evaluateDouble = &evaluateElementwise<F, double>;
    row.largestSlope = largestSlope;
    row.kinks = kinks;
    return row;
}

/// sup |phi'| of a function that has no parameters in it.
template <int numerator, int denominator = 1>
double constantSlope(const double* /*params*/)
{
    return static_cast<double>(numerator) / denominator;
}

/// Where functions with a single kink have it.
inline constexpr double kinkAtZero[] = {0.0};

} // namespace initlens::activations
