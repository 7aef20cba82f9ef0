#include "tests/core/initializers/drawn_weights.h"

#include <gtest/gtest.h>

namespace initlens::initializers {
namespace {

using namespace initializers::testing;
using enum WeightShape::Place;

WeightShape layer(WeightShape::Place place, Index blocks = 16, Index taps = 1)
{
    return {.outputs = 40, .inputs = 40 * taps, .taps = taps, .place = place, .blocks = blocks};
}

double varianceOf(std::string_view name, const WeightShape& shape)
{
    const auto choice = chosen(name);
    EXPECT_EQ(refusalOf(choice, shape), "");
    return choice->moments(shape, choice.values)->variance;
}

TEST(Fixup, ScalesTheFirstLayerOfABlockAndZeroesTheLast)
{
    EXPECT_DOUBLE_EQ(varianceOf("fixup", layer(NoBlock)), 2.0 / 40);
    EXPECT_DOUBLE_EQ(varianceOf("fixup", layer(FirstLayer)), 2.0 / 40 / 16);
    EXPECT_DOUBLE_EQ(varianceOf("fixup", layer(FirstLayer, 4, 9)), 2.0 / 360 / 4);
    EXPECT_EQ(draw(chosen("fixup"), layer(LastLayer)), Matrix<double>::Zero(40, 40));
}

TEST(Fixup, NeedsBlocksOfTwoLayers)
{
    EXPECT_NE(refusalOf(chosen("fixup"), layer(NoBlock, 0)), "");
    EXPECT_NE(refusalOf(chosen("fixup"), layer(OnlyLayer)).find("two layers"), std::string::npos);
}

TEST(SkipInit, ZeroesWhatEndsABlock)
{
    EXPECT_DOUBLE_EQ(varianceOf("skip_init", layer(NoBlock)), 2.0 / 40);
    EXPECT_DOUBLE_EQ(varianceOf("skip_init", layer(FirstLayer)), 2.0 / 40);
    for (const auto place : {LastLayer, OnlyLayer}) {
        EXPECT_EQ(draw(chosen("skip_init"), layer(place)), Matrix<double>::Zero(40, 40));
    }
    EXPECT_NE(refusalOf(chosen("skip_init"), layer(NoBlock, 0)), "");
}

TEST(ResidualScaled, DividesWhatEndsABlockByTheRootOfTheirNumber)
{
    EXPECT_DOUBLE_EQ(varianceOf("residual_scaled", layer(NoBlock)), 2.0 / 40);
    EXPECT_DOUBLE_EQ(varianceOf("residual_scaled", layer(FirstLayer)), 2.0 / 40);
    for (const auto place : {LastLayer, OnlyLayer}) {
        EXPECT_DOUBLE_EQ(varianceOf("residual_scaled", layer(place)), 2.0 / 40 / 16);
        EXPECT_DOUBLE_EQ(varianceOf("residual_scaled:base=lecun", layer(place)), 1.0 / 40 / 16);
    }
    EXPECT_NE(refusalOf(chosen("residual_scaled"), layer(NoBlock, 0)), "");
}

} // namespace
} // namespace initlens::initializers
