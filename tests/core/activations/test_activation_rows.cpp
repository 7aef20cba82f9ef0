#include "core/activations/activation.h"
#include "tests/support/choices.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace initlens::activations {
namespace {

class ActivationRow : public ::testing::TestWithParam<const Activation*> {
protected:
    [[nodiscard]] std::vector<ActivationChoice> choices() const
    {
        return testing::choicesOf(*GetParam());
    }
};
INSTANTIATE_TEST_SUITE_P(EveryRow, ActivationRow, ::testing::ValuesIn(Activation::table()),
                         testing::RowName());

TEST(ActivationTable, SaysWhatItHolds)
{
    testing::expectSoundTable<Activation>();
}

TEST(ActivationTable, ChoicesRoundTripThroughText)
{
    testing::expectRoundTrips<Activation>();
}

/// -12 to 12 in steps that hit neither whole numbers nor zero.
std::vector<double> axis()
{
    std::vector<double> points;
    for (int i = -1200; i < 1200; ++i) {
        points.push_back(0.01 * (i + 0.37));
    }
    return points;
}

double distanceToKink(const Activation& activation, double h)
{
    double distance = std::numeric_limits<double>::infinity();
    for (const double kink : activation.kinks) {
        distance = std::min(distance, std::abs(h - kink));
    }
    return distance;
}

TEST_P(ActivationRow, SlopeIsTheDerivativeOfTheValue)
{
    constexpr double step = 1e-3;
    for (const auto& choice : choices()) {
        for (int part = 0; part < GetParam()->outputsPerUnit; ++part) {
            const double scale = std::max(1.0, largestSlope(choice));
            for (const double h : axis()) {
                if (distanceToKink(*GetParam(), h) < 2.5 * step) {
                    continue;
                }
                const auto value = [&](double at) {
                    return evaluateAt(choice, at, part).value;
                };
                const double difference = (8 * (value(h + step) - value(h - step)) -
                                           (value(h + 2 * step) - value(h - 2 * step))) /
                                          (12 * step);
                ASSERT_NEAR(evaluateAt(choice, h, part).slope, difference, 1e-10 * scale)
                    << choiceText(choice) << " part " << part << " at " << h;
            }
        }
    }
}

TEST_P(ActivationRow, ValueIsContinuous)
{
    for (const auto& choice : choices()) {
        for (int part = 0; part < GetParam()->outputsPerUnit; ++part) {
            for (const double kink : GetParam()->kinks) {
                const double at = evaluateAt(choice, kink, part).value;
                const double allowed = 2e-9 * std::max(1.0, largestSlope(choice));
                EXPECT_NEAR(evaluateAt(choice, kink - 1e-9, part).value, at, allowed);
                EXPECT_NEAR(evaluateAt(choice, kink + 1e-9, part).value, at, allowed);
            }
        }
    }
}

TEST_P(ActivationRow, KinksAreWhereTheSlopeJumps)
{
    // With the initial parameters; others may smooth a kink out (elu with alpha = 1).
    constexpr double near = 1e-9;
    for (const double kink : GetParam()->kinks) {
        bool jumps = false;
        for (const auto& choice : choices()) {
            const double below = evaluateAt(choice, kink - near).slope;
            const double above = evaluateAt(choice, kink + near).slope;
            jumps = jumps || std::abs(above - below) > 1e-3;
        }
        EXPECT_TRUE(jumps) << "no jump at " << kink;
    }
}

TEST_P(ActivationRow, LargestSlopeIsReachedAndNeverPassed)
{
    for (const auto& choice : choices()) {
        const double bound = largestSlope(choice);
        double most = 0;
        for (int part = 0; part < GetParam()->outputsPerUnit; ++part) {
            for (int i = -40000; i <= 40000; ++i) {
                const double slope = std::abs(evaluateAt(choice, i * 5e-4, part).slope);
                ASSERT_LE(slope, bound * (1 + 1e-14)) << choiceText(choice) << " at " << i * 5e-4;
                most = std::max(most, slope);
            }
        }
        // The supremum may lie at infinity, 20 of which is here, or at a kink from one side.
        EXPECT_NEAR(most, bound, 1e-3 * bound) << choiceText(choice);
    }
}

TEST_P(ActivationRow, SinglePrecisionAgreesWithDouble)
{
    const int parts = GetParam()->outputsPerUnit;
    for (const auto& choice : choices()) {
        const double scale = std::max(1.0, largestSlope(choice));
        for (const double point : axis()) {
            const auto h = static_cast<float>(point);
            std::array<float, 2> value{};
            std::array<float, 2> slope{};
            choice->evaluateFloat(&h, value.data(), slope.data(), 1, 1, choice.values.data());
            for (int part = 0; part < parts; ++part) {
                const auto p = static_cast<std::size_t>(part);
                const Point exact = evaluateAt(choice, static_cast<double>(h), part);
                const double unit = std::numeric_limits<float>::epsilon();
                ASSERT_NEAR(static_cast<double>(value[p]), exact.value,
                            8 * unit * std::max(0.05 * scale, std::abs(exact.value)))
                    << choiceText(choice) << " at " << h;
                ASSERT_NEAR(static_cast<double>(slope[p]), exact.slope, 4 * unit * scale)
                    << choiceText(choice) << " at " << h;
            }
        }
    }
}

} // namespace
} // namespace initlens::activations
