#include "core/initializers/normal_quantile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace initlens::initializers {
namespace {

constexpr double unit = std::numeric_limits<double>::epsilon();

TEST(NormalQuantile, InvertsTheDistributionFunctionInTheLowerTail)
{
    // p from 1e-300 to 1/2, through all three ranges of the approximation. The probability at a
    // rounded z is off by the factor 1 + z^2 units.
    for (double exponent = -300; exponent < -0.302; exponent += 0.37) {
        const double p = std::pow(10.0, exponent);
        const double z = normalQuantile(p);
        EXPECT_NEAR(normalProbability(z) / p, 1, 4 * unit * (1 + z * z)) << p;
    }
}

TEST(NormalQuantile, IsOddAboutOneHalf)
{
    EXPECT_EQ(normalQuantile(0.5), 0);
    for (const double p : {0.0625, 0.25, 0.4375}) {
        EXPECT_EQ(normalQuantile(1 - p), -normalQuantile(p));
    }
}

TEST(NormalQuantile, KnowsTheUsualValues)
{
    EXPECT_NEAR(normalQuantile(0.975), 1.9599639845400545, 3e-15);
    EXPECT_NEAR(normalQuantile(0.75), 0.67448975019608171, 1e-15);
    EXPECT_NEAR(normalProbability(-2), 0.022750131948179209, 3e-17);
    EXPECT_NEAR(normalDensity(1), 0.24197072451914337, 1e-16);
}

} // namespace
} // namespace initlens::initializers
