#include "core/activations/activation.h"
#include "tests/support/choices.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace initlens::activations {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

class ActivationEdge : public ::testing::TestWithParam<const Activation*> {
protected:
    [[nodiscard]] std::vector<ActivationChoice> choices() const
    {
        return testing::choicesOf(*GetParam());
    }
    [[nodiscard]] int parts() const { return GetParam()->outputsPerUnit; }
};
INSTANTIATE_TEST_SUITE_P(EveryRow, ActivationEdge, ::testing::ValuesIn(Activation::table()),
                         testing::RowName());

TEST_P(ActivationEdge, NotANumberStaysNotANumber)
{
    for (const auto& choice : choices()) {
        for (int part = 0; part < parts(); ++part) {
            const Point point = evaluateAt(choice, std::nan(""), part);
            EXPECT_TRUE(std::isnan(point.value)) << choiceText(choice);
            EXPECT_TRUE(std::isnan(point.slope)) << choiceText(choice);
        }
    }
}

TEST_P(ActivationEdge, HugeNumbersNeitherOverflowNorTurnIntoNotANumber)
{
    for (const auto& choice : choices()) {
        const double largest = largestSlope(choice);
        for (int part = 0; part < parts(); ++part) {
            for (const double size : {50.0, 1e3, 1e10, 1e100, 1e154, 1e300}) {
                for (const double h : {-size, size}) {
                    const Point point = evaluateAt(choice, h, part);
                    SCOPED_TRACE(choiceText(choice) + " at " + numberText(h));
                    EXPECT_LE(std::abs(point.value), std::max(2.0, largest) * size);
                    EXPECT_LE(std::abs(point.slope), largest * (1 + 1e-14));
                }
            }
        }
    }
}

/// At an infinity the value is the limit: infinite where it grows for ever, the last value where it
/// has settled, and not a number where it does neither.
TEST_P(ActivationEdge, InfinityGivesTheLimit)
{
    for (const auto& choice : choices()) {
        for (int part = 0; part < parts(); ++part) {
            for (const double sign : {-1.0, 1.0}) {
                SCOPED_TRACE(choiceText(choice) + (sign < 0 ? " at -inf" : " at inf"));
                const Point far = evaluateAt(choice, sign * 1e300, part);
                const Point farther = evaluateAt(choice, sign * 1e301, part);
                const Point limit = evaluateAt(choice, sign * infinity, part);
                if (std::abs(farther.value) > 2 * std::abs(far.value)) {
                    EXPECT_EQ(limit.value, std::copysign(infinity, far.value));
                    EXPECT_EQ(limit.slope, far.slope);
                } else if (farther.value == far.value) {
                    EXPECT_EQ(limit.value, far.value);
                    EXPECT_EQ(limit.slope, 0);
                } else {
                    EXPECT_TRUE(std::isnan(limit.value));
                    EXPECT_TRUE(std::isnan(limit.slope));
                }
            }
        }
    }
}

/// Next to zero the value is linear in h, also where h is a denormal number.
TEST_P(ActivationEdge, DenormalNumbersAreNotLost)
{
    for (const auto& choice : choices()) {
        for (int part = 0; part < parts(); ++part) {
            const double atZero = evaluateAt(choice, 0, part).value;
            for (const double sign : {-1.0, 1.0}) {
                const double slope = evaluateAt(choice, sign * 1e-30, part).slope;
                for (const double size : {5e-324, 1e-320, 2e-308}) {
                    const Point point = evaluateAt(choice, sign * size, part);
                    SCOPED_TRACE(choiceText(choice) + " at " + numberText(sign * size));
                    EXPECT_EQ(point.slope, slope);
                    const double allowed = atZero != 0 ? 1e-15 : 1e-323 + 1e-15 * slope * size;
                    EXPECT_NEAR(point.value, atZero + slope * sign * size, std::abs(allowed));
                }
            }
        }
    }
}

template <class T>
std::vector<T> sample(Index count)
{
    std::vector<T> points;
    for (Index i = 0; i < count; ++i) {
        points.push_back(static_cast<T>(6 * std::sin(1.7 * static_cast<double>(i) + 0.3)));
    }
    return points;
}

template <class T>
bool sameBits(T a, T b)
{
    using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    return std::bit_cast<Bits>(a) == std::bit_cast<Bits>(b);
}

/// Every element of calls of any length, from any place of an array, equals a call for it alone;
/// nothing is written beyond the length.
template <class T>
void expectPlaceDoesNotMatter(const ActivationChoice& choice)
{
    const auto parts = static_cast<std::size_t>(choice->outputsPerUnit);
    const auto evaluate = choice->evaluate<T>();
    const std::vector<T> points = sample<T>(1010);
    constexpr T untouched = T(-77);
    for (const Index count : {0, 1, 7, 8, 9, 15, 16, 17, 33, 1000}) {
        for (const Index offset : {0, 1, 3}) {
            const auto stride = static_cast<std::size_t>(count) + 5;
            std::vector<T> value(parts * stride, untouched);
            std::vector<T> slope(parts * stride, untouched);
            evaluate(points.data() + offset, value.data(), slope.data(), count,
                     static_cast<Index>(stride), choice.values.data());
            for (std::size_t part = 0; part < parts; ++part) {
                for (std::size_t i = 0; i < stride; ++i) {
                    const std::size_t at = part * stride + i;
                    if (i >= static_cast<std::size_t>(count)) {
                        ASSERT_EQ(value[at], untouched);
                        ASSERT_EQ(slope[at], untouched);
                        continue;
                    }
                    std::array<T, 2> aloneValue{};
                    std::array<T, 2> aloneSlope{};
                    evaluate(points.data() + offset + i, aloneValue.data(), aloneSlope.data(), 1, 1,
                             choice.values.data());
                    ASSERT_TRUE(sameBits(value[at], aloneValue[part])) << count << " " << i;
                    ASSERT_TRUE(sameBits(slope[at], aloneSlope[part])) << count << " " << i;
                }
            }
        }
    }
}

TEST_P(ActivationEdge, ResultsDoNotDependOnTheirPlace)
{
    for (const auto& choice : choices()) {
        SCOPED_TRACE(choiceText(choice));
        expectPlaceDoesNotMatter<float>(choice);
        expectPlaceDoesNotMatter<double>(choice);
    }
}

TEST_P(ActivationEdge, ValueMayTakeThePlaceOfTheInput)
{
    if (parts() != 1) {
        EXPECT_EQ(parts(), 2); // two outputs need memory of their own
        return;
    }
    for (const auto& choice : choices()) {
        const std::vector<double> points = sample<double>(1000);
        std::vector<double> value(points.size());
        std::vector<double> slope(points.size());
        choice->evaluateDouble(points.data(), value.data(), slope.data(), 1000, 1000,
                               choice.values.data());
        std::vector<double> inPlace = points;
        std::vector<double> slopeInPlace(points.size());
        choice->evaluateDouble(inPlace.data(), inPlace.data(), slopeInPlace.data(), 1000, 1000,
                               choice.values.data());
        EXPECT_EQ(inPlace, value) << choiceText(choice);
        EXPECT_EQ(slopeInPlace, slope) << choiceText(choice);
    }
}

TEST(ActivationKink, SlopesAreTheFrameworks)
{
    const auto slopeAt = [](std::string_view text, double h, int part = 0) {
        return evaluateAt(*parseChoice(Activation::table(), Activation::kind, text), h, part).slope;
    };
    EXPECT_EQ(slopeAt("relu", 0), 0);
    EXPECT_EQ(slopeAt("abs", 0), 0);
    EXPECT_EQ(slopeAt("crelu", 0, 0), 0);
    EXPECT_EQ(slopeAt("crelu", 0, 1), 0);
    EXPECT_EQ(slopeAt("crelu", -2, 1), -1);
    EXPECT_EQ(slopeAt("leaky_relu:slope=0.2", 0), 0.2);
    EXPECT_EQ(slopeAt("elu:alpha=0.5", 0), 0.5);
    EXPECT_EQ(slopeAt("hard_tanh", 1), 0);
    EXPECT_EQ(slopeAt("hard_tanh", -1), 0);
    EXPECT_EQ(slopeAt("hard_sigmoid", 3), 0);
    EXPECT_EQ(slopeAt("hard_sigmoid", -3), 0);
}

} // namespace
} // namespace initlens::activations
