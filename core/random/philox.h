#pragma once

#include <cstdint>

namespace initlens::random {

struct PhiloxCounter {
    std::uint32_t words[4];
};
struct PhiloxKey {
    std::uint32_t words[2];
};

/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011) for `calls` consecutive values of the lowest
/// counter word. Word w of call c goes to out[w * calls + c], so that loops over the calls are
/// vector code.
void philox(const PhiloxCounter& first, const PhiloxKey& key, int calls, std::uint32_t* out);

} // namespace initlens::random
