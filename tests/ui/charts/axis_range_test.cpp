#include "ui/charts/axis_range.h"

#include "tests/ui/charts/readings.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::ui {

namespace {

using diagnostics::Scale;

Extent extentOf(std::vector<double> values)
{
    Extent extent;
    extent.add(values);
    return extent;
}

TEST(AxisRange, onlyFiniteNumbersCount)
{
    EXPECT_FALSE(extentOf({test::notANumber, test::infinity, -test::infinity}).range());
    EXPECT_EQ(extentOf({3, test::notANumber, -1}).range(), (AxisRange{-1, 3}));
}

TEST(AxisRange, stepsAreOneTwoOrFiveTimesAPowerOfTen)
{
    EXPECT_DOUBLE_EQ(roundStep(0.3), 0.5);
    EXPECT_DOUBLE_EQ(roundStep(1), 1);
    EXPECT_DOUBLE_EQ(roundStep(2.000000000001), 2);
    EXPECT_DOUBLE_EQ(roundStep(501), 1000);
    EXPECT_EQ(roundStep(0), 0);
    EXPECT_EQ(roundStep(-1), 0);
    EXPECT_EQ(roundStep(test::infinity), 0);
}

TEST(AxisRange, everyValueIsWithinWithRoomToSpare)
{
    for (const double offset : {-1e5, -30.0, 0.0, 0.25, 7.0, 4e6}) {
        for (const double size : {0.0, 1e-6, 0.3, 30.0, 5e5}) {
            const Extent extent = extentOf({offset, offset + size});
            for (const Scale scale : {Scale::Linear, Scale::Log10}) {
                const AxisRange range = valueRange(extent, scale);
                EXPECT_LT(range.lower, offset) << offset << ' ' << size;
                EXPECT_GT(range.upper, offset + size) << offset << ' ' << size;
            }
        }
    }
}

TEST(AxisRange, decadesAreNeverFewerThanTwoAndAnEmptyAxisHasAnExtent)
{
    EXPECT_GE(valueRange(extentOf({-5}), Scale::Log10).size(), 2);
    EXPECT_GT(valueRange(Extent(), Scale::Log10).size(), 0);
    EXPECT_GT(valueRange(Extent(), Scale::Linear).size(), 0);
}

TEST(AxisRange, positiveNumbersAreShownFromZero)
{
    EXPECT_LE(valueRange(extentOf({0.2, 0.9}), Scale::Linear).lower, 0);
    EXPECT_GT(valueRange(extentOf({100, 101}), Scale::Linear).lower, 50);
}

TEST(AxisRange, layersHaveHalfALayerToSpare)
{
    EXPECT_EQ(layerRange(1, 1), (AxisRange{0.5, 1.5}));
    EXPECT_TRUE(layerRange(1, 1000).contains({-1, 1002}));
}

TEST(AxisRange, growsWhileCurvesGrowAndSettlesOnceTheyAreComplete)
{
    EXPECT_EQ(steadyRange(std::nullopt, {0, 1}, false), (AxisRange{0, 1}));
    EXPECT_EQ(steadyRange(AxisRange{-10, 5}, {0, 6}, false), (AxisRange{-10, 6}));
    EXPECT_EQ(steadyRange(AxisRange{-10, 5}, {0, 1}, true), (AxisRange{0, 1}));
    EXPECT_EQ(steadyRange(AxisRange{-10, 5}, {-9, 5}, true), (AxisRange{-10, 5}));
}

} // namespace

} // namespace initlens::ui
