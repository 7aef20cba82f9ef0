#include "core/spectrum/value_quantiles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace initlens::spectrum {

namespace {

TEST(ValueQuantiles, InterpolateBetweenNeighbours)
{
    const std::vector<double> descending = {4, 3, 2, 1, 0};
    const ValueQuantiles quantiles = valueQuantiles(descending);
    const ValueQuantiles expected = {0, 0.2, 1, 2, 3, 3.8, 4};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(quantiles[i], expected[i], 1e-12);
    }
    const std::vector<double> single = {7};
    for (const double quantile : valueQuantiles(single)) {
        EXPECT_EQ(quantile, 7);
    }
    for (const double quantile : valueQuantiles({})) {
        EXPECT_TRUE(std::isnan(quantile));
    }
}

} // namespace

} // namespace initlens::spectrum
