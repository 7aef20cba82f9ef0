#pragma once

#include "core/random/philox.h"

#include <array>
#include <cstdint>

namespace initlens::random::testing {

/// Philox4x32-10 as its paper defines it (Salmon, Moraes, Dror and Shaw 2011, section 3.3), one
/// counter at a time.
inline std::array<std::uint32_t, 4> referencePhilox(const PhiloxCounter& counter, PhiloxKey key)
{
    std::array<std::uint32_t, 4> x = {counter.words[0], counter.words[1], counter.words[2],
                                      counter.words[3]};
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t left = std::uint64_t{0xD2511F53} * x[0];
        const std::uint64_t right = std::uint64_t{0xCD9E8D57} * x[2];
        x = {static_cast<std::uint32_t>(right >> 32) ^ x[1] ^ key.words[0],
             static_cast<std::uint32_t>(right),
             static_cast<std::uint32_t>(left >> 32) ^ x[3] ^ key.words[1],
             static_cast<std::uint32_t>(left)};
        key.words[0] += 0x9E3779B9;
        key.words[1] += 0xBB67AE85;
    }
    return x;
}

} // namespace initlens::random::testing
