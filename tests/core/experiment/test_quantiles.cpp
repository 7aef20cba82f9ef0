#include "core/experiment/quantiles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace initlens::experiment {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Spread, InterpolatesBetweenOrderStatistics)
{
    std::vector<double> values;
    for (int i = 100; i >= 0; --i) {
        values.push_back(i);
    }
    const Spread spread = spreadOf(values);
    EXPECT_DOUBLE_EQ(spread.mean, 50);
    EXPECT_DOUBLE_EQ(spread.low, 16);
    EXPECT_DOUBLE_EQ(spread.high, 84);
    EXPECT_DOUBLE_EQ(spreadOf({1, 2}).low, 1.16);
}

TEST(Spread, OfOneNumberIsThatNumber)
{
    const Spread spread = spreadOf({-3});
    EXPECT_EQ(spread.mean, -3);
    EXPECT_EQ(spread.low, -3);
    EXPECT_EQ(spread.high, -3);
}

TEST(Spread, InfinitiesDoNotBecomeNotANumber)
{
    const Spread spread = spreadOf({-infinity, 1, 2, 3, 4, 5, 6});
    EXPECT_EQ(spread.mean, -infinity);
    EXPECT_FALSE(std::isnan(spread.low));
    EXPECT_NEAR(spread.high, 5.04, 1e-12);
    EXPECT_EQ(spreadOf({-infinity, -infinity}).low, -infinity);
}

TEST(Spread, NotANumberSpreads)
{
    EXPECT_TRUE(std::isnan(spreadOf({1, std::nan(""), 2}).high));
    EXPECT_TRUE(std::isnan(spreadOf({}).mean));
}

} // namespace

} // namespace initlens::experiment
