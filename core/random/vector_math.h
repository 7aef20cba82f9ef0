#pragma once

#include <cmath>

// glibc's vector mathematics (libmvec, 4 ulp at most). Declaring the vector variants here lets the
// compiler use them without -ffast-math, which would break the handling of NaN and infinity.
#if defined(__linux__) && defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define INITLENS_VECTOR __attribute__((simd("notinbranch")))
extern "C" {
INITLENS_VECTOR float logf(float) noexcept;
INITLENS_VECTOR double log(double) noexcept;
INITLENS_VECTOR float sinf(float) noexcept;
INITLENS_VECTOR double sin(double) noexcept;
INITLENS_VECTOR float cosf(float) noexcept;
INITLENS_VECTOR double cos(double) noexcept;
}
#undef INITLENS_VECTOR
#endif
