#include "core/diagnostics/path_gradients.h"

#include "core/random/stream.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace initlens::diagnostics {

namespace {

TEST(Autocorrelation, OfBrownNoiseHasItsExactExpectation)
{
    // The ratios of expectations for 256 points, computed independently.
    const auto expected = brownAutocorrelation(256, 50);
    EXPECT_EQ(expected[0], 1);
    EXPECT_NEAR(expected[1], 0.9805599464980544, 1e-13);
    EXPECT_NEAR(expected[5], 0.9046165097848478, 1e-13);
    EXPECT_NEAR(expected[10], 0.8137213178072785, 1e-13);
    EXPECT_NEAR(expected[20], 0.6450381952391852, 1e-13);
    EXPECT_NEAR(expected[50], 0.23740951876859692, 1e-13);
}

TEST(Autocorrelation, IsThatOfTheNoisesOnAverage)
{
    constexpr std::size_t count = 64;
    constexpr std::size_t lags = 8;
    constexpr std::size_t samples = 4000;
    // Means of numerators over means of denominators, as the expectations are.
    std::vector<double> white(lags + 1, 0.0);
    std::vector<double> brown(lags + 1, 0.0);
    const auto add = [&](std::vector<double>& sums, const std::vector<double>& values) {
        const double mean =
            std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(count);
        double size = 0;
        for (const double value : values) {
            size += (value - mean) * (value - mean);
        }
        const auto found = autocorrelation(values, lags);
        for (std::size_t lag = 0; lag <= lags; ++lag) {
            sums[lag] += size * found[lag];
        }
    };
    std::vector<double> noise(1024);
    for (std::size_t sample = 0; sample < samples; ++sample) {
        random::fillNormal<double>({.seed = 5}, static_cast<std::int64_t>(1024 * sample), noise);
        std::vector<double> values(noise.begin(), noise.begin() + count);
        add(white, values);
        std::partial_sum(values.begin(), values.end(), values.begin());
        add(brown, values);
    }
    const auto expectedWhite = whiteAutocorrelation(count, lags);
    const auto expectedBrown = brownAutocorrelation(count, lags);
    for (std::size_t lag = 1; lag <= lags; ++lag) {
        EXPECT_NEAR(white[lag] / white[0], expectedWhite[lag], 0.01) << lag;
        EXPECT_NEAR(brown[lag] / brown[0], expectedBrown[lag], 0.02) << lag;
    }
}

TEST(Autocorrelation, OfEqualNumbersIsUnknown)
{
    for (const double value : autocorrelation(std::vector<double>(20, 0.1), 4)) {
        EXPECT_TRUE(std::isnan(value));
    }
}

TEST(Noises, HaveUnitMeanSquareAndAreTheSameAtEveryCall)
{
    for (const auto& noise : {whiteNoise(300), brownNoise(300)}) {
        EXPECT_NEAR(std::inner_product(noise.begin(), noise.end(), noise.begin(), 0.0) / 300, 1,
                    1e-12);
    }
    EXPECT_EQ(whiteNoise(300), whiteNoise(300));
    EXPECT_LT(std::abs(autocorrelation(whiteNoise(3000), 1)[1]), 0.1);
    EXPECT_GT(autocorrelation(brownNoise(3000), 1)[1], 0.9);
}

} // namespace

} // namespace initlens::diagnostics
