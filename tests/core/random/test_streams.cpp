#include "core/base/parallel.h"
#include "core/random/stream.h"
#include "tests/core/random/reference_philox.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace initlens::random {
namespace {

constexpr Stream stream = {
    .seed = 0x123456789abcdef0, .purpose = Purpose::Weights, .layer = 9, .trial = 4};

template <class T>
using Fill = void (*)(const Stream&, std::int64_t, std::span<T>);

template <class T>
std::vector<T> read(Fill<T> fill, const Stream& from, std::int64_t first, std::size_t count)
{
    std::vector<T> numbers(count, T(-99));
    fill(from, first, numbers);
    return numbers;
}

template <class T>
class StreamOf : public ::testing::Test {
public:
    static constexpr Fill<T> laws[] = {&fillNormal<T>, &fillTruncatedNormal<T>, &fillUniform<T>};
};
using Types = ::testing::Types<float, double>;
TYPED_TEST_SUITE(StreamOf, Types);

/// The words of a block of a stream: `calls` calls of the generator, word w of call c at
/// w * calls + c; the counter is (call, purpose, layer, trial), the key the seed.
std::vector<std::uint32_t> words(std::uint32_t block, std::uint32_t calls,
                                 std::uint32_t purpose = 1)
{
    std::vector<std::uint32_t> all(4 * calls);
    for (std::uint32_t call = 0; call < calls; ++call) {
        const auto four = testing::referencePhilox({{block * calls + call, purpose << 16, 9, 4}},
                                                   {{0x9abcdef0, 0x12345678}});
        for (std::uint32_t w = 0; w < 4; ++w) {
            all[w * calls + call] = four[w];
        }
    }
    return all;
}

/// What seeds mean is part of every result: these numbers must never change.
TEST(UniformStream, IsMadeOfTheGeneratorsWordsInThisOrder)
{
    for (const std::uint32_t block : {0U, 3U}) {
        const auto single = read<float>(&fillUniform<float>, stream, block * blockSize, 1024);
        const auto wordsOfSingle = words(block, 256);
        const auto doubles = read<double>(&fillUniform<double>, stream, block * blockSize, 1024);
        const auto lowerWords = words(block, 256, 0x8001);
        for (std::size_t i = 0; i < 1024; ++i) {
            const auto whole = static_cast<double>(wordsOfSingle[i] >> 9);
            EXPECT_EQ(static_cast<double>(single[i]), (whole + 0.5) * 0x1p-23);
            const auto high = static_cast<double>(wordsOfSingle[i] >> 6);
            const auto low = static_cast<double>(lowerWords[i] >> 6);
            EXPECT_EQ(doubles[i], (high * 0x1p26 + low + 0.5) * 0x1p-52);
        }
    }
}

TEST(Streams, PrecisionsAgreeAsFarAsSinglePrecisionReaches)
{
    constexpr std::size_t count = 1 << 16;
    for (std::size_t law = 0; law < 3; ++law) {
        const auto single = read<float>(StreamOf<float>::laws[law], stream, 0, count);
        const auto doubles = read<double>(StreamOf<double>::laws[law], stream, 0, count);
        std::size_t far = 0;
        for (std::size_t i = 0; i < count; ++i) {
            far += std::abs(static_cast<double>(single[i]) - doubles[i]) > 1e-5 ? 1 : 0;
        }
        EXPECT_LT(far, count / 100);
    }
}

TYPED_TEST(StreamOf, ReadingInPiecesEqualsReadingAtOnce)
{
    using T = TypeParam;
    for (const Fill<T> law : TestFixture::laws) {
        const auto whole = read<T>(law, stream, 0, 5000);
        for (const std::int64_t block : {0, 1, 2, 4}) {
            const std::int64_t first = block * blockSize;
            for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{100},
                                            std::size_t{1024}, std::size_t{1030}}) {
                const std::size_t left = whole.size() - static_cast<std::size_t>(first);
                const auto piece = read<T>(law, stream, first, std::min(count, left));
                EXPECT_TRUE(std::equal(piece.begin(), piece.end(), whole.begin() + first));
            }
        }
    }
}

TYPED_TEST(StreamOf, FarElementsAreReachable)
{
    using T = TypeParam;
    // 16384 x 32768 weights and more, across the generator's 32-bit counter.
    const std::int64_t far = (std::int64_t{1} << 41) / blockSize * blockSize;
    const auto numbers = read<T>(&fillNormal<T>, stream, far, 2048);
    const auto near = read<T>(&fillNormal<T>, stream, 0, 2048);
    const auto next = read<T>(&fillNormal<T>, stream, far + blockSize, 1024);
    EXPECT_NE(numbers, near);
    EXPECT_TRUE(std::equal(next.begin(), next.end(), numbers.begin() + 1024));
}

template <class T>
double correlation(const std::vector<T>& a, const std::vector<T>& b)
{
    double product = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    }
    return product / static_cast<double>(a.size());
}

TYPED_TEST(StreamOf, DifferentNamesShareNothing)
{
    using T = TypeParam;
    constexpr std::size_t count = 1 << 15;
    const double allowed = 5 / std::sqrt(static_cast<double>(count));
    const auto numbers = read<T>(&fillNormal<T>, stream, 0, count);
    std::vector<Stream> others(8, stream);
    others[0].seed += 1;
    others[1].seed ^= std::uint64_t{1} << 63;
    others[2].layer += 1;
    others[3].trial += 1;
    others[4].purpose = Purpose::Biases;
    others[5].purpose = Purpose::Input;
    others[6].purpose = Purpose::Cotangent;
    others[7].purpose = Purpose::Probe;
    for (const Stream& other : others) {
        const auto unlike = read<T>(&fillNormal<T>, other, 0, count);
        EXPECT_LT(std::abs(correlation(numbers, unlike)), allowed);
        EXPECT_NE(numbers, unlike);
    }
    // Exchanged layer and trial are another stream, too.
    std::swap(others[0].layer, others[0].trial);
    others[0].seed = stream.seed;
    EXPECT_NE(read<T>(&fillNormal<T>, others[0], 0, count), numbers);
}

TYPED_TEST(StreamOf, NeighboursAreUncorrelated)
{
    using T = TypeParam;
    constexpr std::size_t count = 1 << 16;
    const auto numbers = read<T>(&fillNormal<T>, stream, 0, count + 2048);
    const double allowed = 5 / std::sqrt(static_cast<double>(count));
    const std::vector<T> start(numbers.begin(), numbers.begin() + count);
    // 512 is the distance between the two numbers of one pair of Box and Muller.
    for (const std::ptrdiff_t lag : {1, 2, 4, 256, 511, 512, 1024}) {
        const std::vector<T> moved(numbers.begin() + lag, numbers.begin() + lag + count);
        EXPECT_LT(std::abs(correlation(start, moved)), allowed) << lag;
        std::vector<T> squares(count);
        std::vector<T> movedSquares(count);
        for (std::size_t i = 0; i < count; ++i) {
            squares[i] = (start[i] * start[i] - 1) / T(std::sqrt(2.0));
            movedSquares[i] = (moved[i] * moved[i] - 1) / T(std::sqrt(2.0));
        }
        EXPECT_LT(std::abs(correlation(squares, movedSquares)), 1.2 * allowed) << lag;
    }
}

TYPED_TEST(StreamOf, FillIsTheStreamScaledForAnyNumberOfThreads)
{
    using T = TypeParam;
    constexpr std::size_t count = 200'003; // several pieces and a part of a block
    const auto numbers = read<T>(&fillNormal<T>, stream, 0, count);
    for (const int threads : {1, 2, 4}) {
        std::vector<T> filled(count);
        Workers(threads).run([&] { fill<T>(stream, Law::Normal, filled, 0.25, 3.0, Execution{}); });
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_NEAR(filled[i], numbers[i] * T(0.25) + T(3),
                        4 * std::numeric_limits<T>::epsilon());
        }
    }
}

TEST(UniformIndex, StaysBelowItsBoundAndIsEven)
{
    constexpr int draws = 70'000;
    constexpr std::uint64_t bound = 7;
    std::array<double, bound> counts{};
    for (std::int64_t i = 0; i < draws; ++i) {
        const std::uint64_t index = uniformIndex(stream, i, bound);
        ASSERT_LT(index, bound);
        ++counts[index];
    }
    double chiSquare = 0;
    for (const double count : counts) {
        chiSquare += (count - draws / 7.0) * (count - draws / 7.0) / (draws / 7.0);
    }
    EXPECT_LT(chiSquare, 22.5); // 6 degrees of freedom: passed once in a thousand
    EXPECT_EQ(uniformIndex(stream, 12, 1), 0U);
    EXPECT_EQ(uniformIndex(stream, 12, 1000), uniformIndex(stream, 12, 1000));
}

} // namespace
} // namespace initlens::random
