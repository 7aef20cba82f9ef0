#pragma once

#include "core/activations/activation.h"

#include <algorithm>
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

/// The upper half of the digits of x; x - upperHalf(x) is the lower half, exactly (Dekker 1971).
template <class T>
T upperHalf(T x)
{
    constexpr T splitter = T(sizeof(T) == sizeof(float) ? 4097.0 : 134217729.0);
    const T shifted = splitter * x;
    return shifted - (shifted - x);
}

/// What rounding a * b to `product` has lost, exactly; for factors well within the range of T.
template <class T>
T productError(T a, T b, T product)
{
    const T aHigh = upperHalf(a);
    const T aLow = a - aHigh;
    const T bHigh = upperHalf(b);
    const T bLow = b - bHigh;
    return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
}

/// exp(-scale x^2), scale a power of two, to a few units in the last place also where x^2 is large:
/// the rounding error of the square, which the exponential would magnify, is added back.
template <class T>
T expOfSquare(T x, T scale)
{
    const T square = x * x;
    return std::exp(-scale * square) * (T(1) - scale * productError(x, x, square));
}

/// Calls `loop(h, value, slope, count)` so that every element goes through the same vector code:
/// what does not fill a vector is padded. So a result does not depend on where in the call its
/// element stands.
template <class T, class Loop>
void inWholeVectors(const T* h, T* value, T* slope, Index count, Loop&& loop)
{
    constexpr Index lanes = 16; // no processor has more of them for numbers of 32 bits
    const Index whole = count / lanes * lanes;
    loop(h, value, slope, whole);
    if (const Index rest = count - whole; rest > 0) {
        T padded[lanes] = {};
        T paddedSlope[lanes];
        std::copy_n(h + whole, rest, padded);
        loop(padded, padded, paddedSlope, lanes);
        std::copy_n(padded, rest, value + whole);
        std::copy_n(paddedSlope, rest, slope + whole);
    }
}

/// The loop around a function object F with `template <class T> static ValueAndSlope<T> at(T h,
/// const T* params)`. Write `at` without branches (`?:` is fine): the compiler vectorises it.
template <class F, class T>
[[gnu::noinline]] void elementLoop(const T* h, T* value, T* slope, Index count, const T* params)
{
#pragma GCC ivdep
    for (Index i = 0; i < count; ++i) {
        const ValueAndSlope<T> result = F::at(h[i], params);
        value[i] = result.value;
        slope[i] = result.slope;
    }
}

template <class F, class T>
void evaluateElementwise(const T* h, T* value, T* slope, Index count, Index /*stride*/,
                         const double* params)
{
    constexpr int mostParams = 4;
    T local[mostParams] = {};
    for (int i = 0; i < F::paramCount; ++i) {
        local[i] = static_cast<T>(params[i]);
    }
    inWholeVectors(h, value, slope, count,
                   [&](const T* from, T* toValue, T* toSlope, Index length) {
                       elementLoop<F>(from, toValue, toSlope, length, local);
                   });
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
