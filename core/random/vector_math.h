#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

// glibc's vector mathematics (libmvec, 4 ulp at most). Declaring the vector variants here lets the
// compiler use them without -ffast-math, which would break the handling of NaN and infinity.
#if defined(__linux__) && defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define INITLENS_VECTOR __attribute__((simd("notinbranch")))
extern "C" {
INITLENS_VECTOR double log(double) noexcept;
INITLENS_VECTOR double sin(double) noexcept;
INITLENS_VECTOR double cos(double) noexcept;
}
#undef INITLENS_VECTOR
#endif

namespace initlens::random {

/// Horner's rule, highest coefficient first.
template <class T, std::size_t n>
T polynomial(const T (&coefficients)[n], T x)
{
    T value = coefficients[0];
    for (std::size_t i = 1; i < n; ++i) {
        value = value * x + coefficients[i];
    }
    return value;
}

/// ln x for a positive normal number, relative error 1.2e-7 also near one: the exponent, and a
/// polynomial for a factor between 2/3 and 4/3. Without branches and calls: vector code.
inline float fastLog(float x)
{
    constexpr std::int32_t bitsOfTwoThirds = 0x3f2aaaab;
    constexpr int fractionBits = 23;
    constexpr float rest[] = {-0.126886295F, 0.137640406F, -0.122284955F,
                              0.140529642F,  -0.16677564F, 0.200073804F,
                              -0.249998486F, 0.333332708F, -0.5F};
    const auto bits = std::bit_cast<std::int32_t>(x);
    const std::int32_t exponent = (bits - bitsOfTwoThirds) >> fractionBits;
    const float f = std::bit_cast<float>(bits - (exponent << fractionBits)) - 1.0F;
    return 0.693147181F * static_cast<float>(exponent) + (f + f * f * polynomial(rest, f));
}

struct SineAndCosine {
    float sine;
    float cosine;
};

/// sin(pi t) and cos(pi t) for |t| <= 1, errors below 2e-7, as vector code: polynomials on a
/// quarter turn around the nearest multiple of a half, then exchange and signs.
inline SineAndCosine fastSineAndCosine(float t)
{
    constexpr float sineOverR[] = {-0.589076877F, 2.54976713F, -5.16770783F, 3.14159264F};
    constexpr float cosineOfR[] = {0.23132925F, -1.33504451F, 4.05870726F, -4.93480216F, 1.0F};
    const float halves = std::nearbyint(2.0F * t);
    const auto quadrant = static_cast<std::int32_t>(halves);
    const float r = t - 0.5F * halves;
    const float sine = r * polynomial(sineOverR, r * r);
    const float cosine = polynomial(cosineOfR, r * r);
    const bool exchanged = (quadrant & 1) != 0;
    const float s = exchanged ? cosine : sine;
    const float c = exchanged ? sine : cosine;
    return {(quadrant & 2) != 0 ? -s : s, ((quadrant + 1) & 2) != 0 ? -c : c};
}

} // namespace initlens::random
