#include "tests/core/random/reference_philox.h"

#include <gtest/gtest.h>

#include <vector>

namespace initlens::random {
namespace {

struct KnownAnswer {
    PhiloxCounter counter;
    PhiloxKey key;
    std::array<std::uint32_t, 4> words;
};

// The vectors that Random123 publishes for philox4x32 with 10 rounds.
constexpr KnownAnswer knownAnswers[] = {
    {{{0, 0, 0, 0}}, {{0, 0}}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}},
     {{0xffffffff, 0xffffffff}},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
     {{0xa4093822, 0x299f31d0}},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

TEST(Philox, GivesThePublishedAnswers)
{
    for (const KnownAnswer& known : knownAnswers) {
        EXPECT_EQ(testing::referencePhilox(known.counter, known.key), known.words);
        std::array<std::uint32_t, 4> words{};
        philox(known.counter, known.key, 1, words.data());
        EXPECT_EQ(words, known.words);
    }
}

TEST(Philox, ConsecutiveCallsStandBesideEachOther)
{
    const PhiloxKey key = {{0x01234567, 0x89abcdef}};
    for (const int calls : {1, 3, 15, 16, 17, 256, 512}) {
        const PhiloxCounter first = {{0xfffff000, 7, 0x80000001, 0xfedcba98}};
        std::vector<std::uint32_t> words(static_cast<std::size_t>(4 * calls));
        philox(first, key, calls, words.data());
        for (int call = 0; call < calls; ++call) {
            PhiloxCounter counter = first;
            counter.words[0] += static_cast<std::uint32_t>(call);
            const auto expected = testing::referencePhilox(counter, key);
            for (int word = 0; word < 4; ++word) {
                EXPECT_EQ(words[static_cast<std::size_t>(word * calls + call)],
                          expected[static_cast<std::size_t>(word)])
                    << call << " of " << calls;
            }
        }
    }
}

} // namespace
} // namespace initlens::random
