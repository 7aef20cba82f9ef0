#include "core/random/philox.h"

#include <Random123/philox.h>

#ifdef __AVX512F__
#include <immintrin.h>
#endif

namespace initlens::random {

namespace {

#ifdef __AVX512F__

/// The first calls, as many as fill vectors; returns how many. Written out, because compilers split
/// the 64-bit products of the generic code, which takes twice the time. A product ignores the upper
/// half of its factors, so nothing is ever masked.
int vectorCalls(const PhiloxCounter& first, const PhiloxKey& key, int calls, std::uint32_t* out)
{
    constexpr int lanes = 8;
    constexpr int units = 2;
    const __m512i multiplier0 = _mm512_set1_epi64(PHILOX_M4x32_0);
    const __m512i multiplier1 = _mm512_set1_epi64(PHILOX_M4x32_1);
    const __m512i steps = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
    const int whole = calls / (lanes * units) * (lanes * units);
    for (int call = 0; call < whole; call += lanes * units) {
        __m512i word[4][units];
        for (int u = 0; u < units; ++u) {
            const auto begin = first.words[0] + static_cast<std::uint32_t>(call + u * lanes);
            word[0][u] = _mm512_add_epi64(_mm512_set1_epi64(begin), steps);
            for (int w = 1; w < 4; ++w) {
                word[w][u] = _mm512_set1_epi64(first.words[w]);
            }
        }
        std::uint32_t key0 = key.words[0];
        std::uint32_t key1 = key.words[1];
        constexpr int rounds = 10;
        constexpr int exclusiveOr = 0x96; // truth table of a ^ b ^ c
        for (int round = 0; round < rounds; ++round) {
            const __m512i k0 = _mm512_set1_epi64(key0);
            const __m512i k1 = _mm512_set1_epi64(key1);
            for (int u = 0; u < units; ++u) {
                const __m512i product0 = _mm512_mul_epu32(word[0][u], multiplier0);
                const __m512i product1 = _mm512_mul_epu32(word[2][u], multiplier1);
                word[0][u] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(product1, 32), word[1][u],
                                                       k0, exclusiveOr);
                word[1][u] = product1;
                word[2][u] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(product0, 32), word[3][u],
                                                       k1, exclusiveOr);
                word[3][u] = product0;
            }
            key0 += PHILOX_W32_0;
            key1 += PHILOX_W32_1;
        }
        for (int w = 0; w < 4; ++w) {
            for (int u = 0; u < units; ++u) {
                auto* to = reinterpret_cast<__m256i*>(out + w * calls + call + u * lanes);
                _mm256_storeu_si256(to, _mm512_cvtepi64_epi32(word[w][u]));
            }
        }
    }
    return whole;
}

#else

int vectorCalls(const PhiloxCounter&, const PhiloxKey&, int, std::uint32_t*)
{
    return 0;
}

#endif

} // namespace

void philox(const PhiloxCounter& first, const PhiloxKey& key, int calls, std::uint32_t* out)
{
    const r123::Philox4x32::key_type k = {{key.words[0], key.words[1]}};
    for (int call = vectorCalls(first, key, calls, out); call < calls; ++call) {
        const r123::Philox4x32::ctr_type counter = {
            {first.words[0] + static_cast<std::uint32_t>(call), first.words[1], first.words[2],
             first.words[3]}};
        const r123::Philox4x32::ctr_type word = r123::Philox4x32{}(counter, k);
        for (unsigned w = 0; w < 4; ++w) {
            out[static_cast<int>(w) * calls + call] = word[w];
        }
    }
}

} // namespace initlens::random
