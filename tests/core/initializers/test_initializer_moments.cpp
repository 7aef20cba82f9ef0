#include "tests/core/initializers/drawn_weights.h"
#include "tests/support/choices.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::initializers {
namespace {

using namespace initializers::testing;

constexpr std::uint32_t trials = 300;

/// Mean over independent trials of a quantity, and the standard error of that mean, which the
/// trials' own scatter gives. Elements of one matrix need not be independent.
class Average {
public:
    void add(double value)
    {
        // Welford 1962.
        ++m_count;
        const double distance = value - m_mean;
        m_mean += distance / m_count;
        m_scatter += distance * (value - m_mean);
    }
    [[nodiscard]] double mean() const { return m_mean; }
    [[nodiscard]] double error() const { return std::sqrt(m_scatter / (m_count - 1) / m_count); }

private:
    double m_count = 0;
    double m_mean = 0;
    double m_scatter = 0;
};

template <class T>
void expectMoments(const InitializerChoice& choice, const WeightShape& asked)
{
    const WeightShape shape = served(choice, asked);
    const auto stated = choice->moments(shape, choice.values);
    EXPECT_EQ(stated.has_value(), choice->calibration == nullptr);
    if (!stated || !refusalOf(choice, shape).empty()) {
        return;
    }
    EXPECT_GE(stated->variance, 0);
    Average mean;
    Average square; // about the stated mean
    for (std::uint32_t trial = 0; trial < trials; ++trial) {
        const Matrix<double> weights =
            draw<T>(choice, shape, stream(17, 3, trial)).template cast<double>();
        mean.add(weights.mean());
        square.add((weights.array() - stated->mean).square().mean());
    }
    SCOPED_TRACE(choiceText(choice) + " at " + text(shape));
    const double unit = 100 * static_cast<double>(std::numeric_limits<T>::epsilon());
    const double size = std::abs(stated->mean) + std::sqrt(stated->variance);
    EXPECT_NEAR(mean.mean(), stated->mean, 5 * mean.error() + unit * size);
    EXPECT_NEAR(square.mean(), stated->variance,
                5 * square.error() + unit * size * (std::sqrt(stated->variance) + unit * size));
}

class InitializerMoments : public ::testing::TestWithParam<const Initializer*> {};
INSTANTIATE_TEST_SUITE_P(EveryRow, InitializerMoments, ::testing::ValuesIn(Initializer::table()),
                         initlens::testing::RowName());

TEST_P(InitializerMoments, AreThoseOfTheDraw)
{
    for (const auto& choice : initlens::testing::choicesOf(*GetParam())) {
        for (const WeightShape& shape :
             {WeightShape{1, 1}, WeightShape{1, 40}, WeightShape{40, 1}, WeightShape{50, 20},
              WeightShape{20, 50}, WeightShape{30, 30}, WeightShape{18, 40, 2}}) {
            expectMoments<double>(choice, shape);
        }
    }
}

/// Kernels of one size and another, narrower and wider, behind one output a unit and two.
constexpr WeightShape kernels[] = {{12, 45, 1, 9}, {5, 108, 1, 9}, {10, 90, 1, 9},
                                   {8, 32, 1, 4},  {7, 75, 1, 25}, {10, 180, 2, 9}};

TEST_P(InitializerMoments, ArePooledOverTheTapsOfAKernel)
{
    for (const auto& choice : initlens::testing::choicesOf(*GetParam())) {
        for (const WeightShape& shape : kernels) {
            expectMoments<double>(choice, shape);
        }
    }
}

TEST_P(InitializerMoments, AreThoseOfThePlaceInABlock)
{
    using enum WeightShape::Place;
    for (const auto& choice : initlens::testing::choicesOf(*GetParam())) {
        for (const auto place : {NoBlock, OnlyLayer, FirstLayer, LastLayer}) {
            expectMoments<double>(
                choice,
                {.outputs = 20, .inputs = 30, .inputParts = 1, .place = place, .blocks = 5});
        }
    }
}

TEST_P(InitializerMoments, HoldInSinglePrecision)
{
    for (const auto& choice : initlens::testing::choicesOf(*GetParam())) {
        expectMoments<float>(choice, {30, 40});
        expectMoments<float>(choice, {12, 45, 1, 9});
    }
}

} // namespace
} // namespace initlens::initializers
