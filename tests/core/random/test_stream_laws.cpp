#include "core/random/stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace initlens::random {
namespace {

constexpr Stream stream = {.seed = 20, .purpose = Purpose::Weights, .layer = 2, .trial = 1};
constexpr std::size_t count = 1 << 18;

template <class T>
class StreamLaw : public ::testing::Test {
public:
    static std::vector<double> numbers(Law law)
    {
        std::vector<T> drawn(count);
        switch (law) {
        case Law::Normal:
            fillNormal<T>(stream, 0, drawn);
            break;
        case Law::TruncatedNormal:
            fillTruncatedNormal<T>(stream, 0, drawn);
            break;
        case Law::Uniform:
            fillUniform<T>(stream, 0, drawn);
            break;
        }
        return {drawn.begin(), drawn.end()};
    }
};
using Types = ::testing::Types<float, double>;
TYPED_TEST_SUITE(StreamLaw, Types);

double normalProbability(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double truncatedProbability(double z)
{
    const double below = normalProbability(-2);
    return (normalProbability(z) - below) / (1 - 2 * below);
}

/// Kolmogorov's statistic sqrt(n) sup |F_n - F|. It passes 1.95 once in a thousand seeds.
double kolmogorov(std::vector<double> sample, double (*probability)(double))
{
    std::ranges::sort(sample);
    const auto n = static_cast<double>(sample.size());
    double distance = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double expected = probability(sample[i]);
        distance = std::max({distance, (static_cast<double>(i) + 1) / n - expected,
                             expected - static_cast<double>(i) / n});
    }
    return std::sqrt(n) * distance;
}

double moment(const std::vector<double>& sample, int power)
{
    double sum = 0;
    for (const double x : sample) {
        sum += std::pow(x, power);
    }
    return sum / static_cast<double>(sample.size());
}

TYPED_TEST(StreamLaw, Normal)
{
    const auto sample = TestFixture::numbers(Law::Normal);
    EXPECT_LT(kolmogorov(sample, &normalProbability), 1.95);
    // Variances of x^k: 1, 2, 15, 96.
    const double root = std::sqrt(static_cast<double>(count));
    EXPECT_NEAR(moment(sample, 1), 0, 5 / root);
    EXPECT_NEAR(moment(sample, 2), 1, 5 * std::sqrt(2.0) / root);
    EXPECT_NEAR(moment(sample, 3), 0, 5 * std::sqrt(15.0) / root);
    EXPECT_NEAR(moment(sample, 4), 3, 5 * std::sqrt(96.0) / root);
    // The tail is there: 2 P(z > 4) = 6.3e-5 of a quarter of a million are 17.
    const auto far = std::ranges::count_if(sample, [](double z) { return std::abs(z) > 4; });
    EXPECT_GT(far, 2);
    EXPECT_LT(far, 40);
}

TYPED_TEST(StreamLaw, TruncatedNormal)
{
    const auto sample = TestFixture::numbers(Law::TruncatedNormal);
    EXPECT_LT(kolmogorov(sample, &truncatedProbability), 1.95);
    const double root = std::sqrt(static_cast<double>(count));
    EXPECT_NEAR(moment(sample, 1), 0, 5 * truncatedDeviation / root);
    EXPECT_NEAR(moment(sample, 2), truncatedVariance, 5 * 0.85 / root);
    const auto [least, most] = std::ranges::minmax(sample);
    EXPECT_GE(least, -2);
    EXPECT_LT(least, -1.999);
    EXPECT_LE(most, 2);
    EXPECT_GT(most, 1.999);
}

TYPED_TEST(StreamLaw, Uniform)
{
    const auto sample = TestFixture::numbers(Law::Uniform);
    EXPECT_LT(kolmogorov(sample, [](double u) { return u; }), 1.95);
    const double root = std::sqrt(static_cast<double>(count));
    EXPECT_NEAR(moment(sample, 1), 0.5, 5 * std::sqrt(1 / 12.0) / root);
    EXPECT_NEAR(moment(sample, 2), 1 / 3.0, 5 * std::sqrt(4 / 45.0) / root);
    const auto [least, most] = std::ranges::minmax(sample);
    EXPECT_GT(least, 0);
    EXPECT_LT(most, 1);
}

/// The inverse of the distribution function, against the function itself, element by element.
TEST(TruncatedNormal, IsTheQuantileOfTheUniformNumber)
{
    std::vector<double> uniform(count);
    std::vector<double> truncated(count);
    std::vector<float> uniformSingle(count);
    std::vector<float> truncatedSingle(count);
    fillUniform<double>(stream, 0, uniform);
    fillTruncatedNormal<double>(stream, 0, truncated);
    fillUniform<float>(stream, 0, uniformSingle);
    fillTruncatedNormal<float>(stream, 0, truncatedSingle);
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_NEAR(truncatedProbability(truncated[i]), uniform[i], 2e-15);
        ASSERT_NEAR(truncatedProbability(static_cast<double>(truncatedSingle[i])),
                    static_cast<double>(uniformSingle[i]), 3e-7);
    }
}

TEST(TruncatedNormal, DeviationIsTheClosedForm)
{
    const double density = std::exp(-2.0) / std::sqrt(2 * std::numbers::pi);
    EXPECT_DOUBLE_EQ(truncatedVariance, 1 - 4 * density / std::erf(std::numbers::sqrt2));
}

} // namespace
} // namespace initlens::random
