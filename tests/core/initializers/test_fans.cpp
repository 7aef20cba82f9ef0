#include "core/initializers/fans.h"

#include <gtest/gtest.h>

namespace initlens::initializers {
namespace {

using Kind = FanLayer::Kind;

struct Expected {
    std::vector<Index> shape;
    Fans fans;
    bool differs = false;
};

/// PyTorch, Keras, Flax, in this order.
void expectFans(const FanLayer& layer, const Fans& connections,
                const std::vector<Expected>& frameworks)
{
    const auto report = fansOf(layer);
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->connections, connections);
    ASSERT_EQ(report->frameworks.size(), frameworks.size());
    for (std::size_t i = 0; i < frameworks.size(); ++i) {
        const FrameworkFans& found = report->frameworks[i];
        SCOPED_TRACE(found.framework);
        EXPECT_EQ(found.shape, frameworks[i].shape);
        EXPECT_EQ(found.fans, std::optional(frameworks[i].fans));
        EXPECT_EQ(!found.difference.empty(), frameworks[i].differs) << found.difference;
    }
}

TEST(Fans, OfADenseLayerAreItsSides)
{
    expectFans({.kind = Kind::Dense, .inChannels = 784, .outChannels = 10, .kernel = {5}},
               {784, 10}, {{{10, 784}, {784, 10}}, {{784, 10}, {784, 10}}, {{784, 10}, {784, 10}}});
}

TEST(Fans, OfAConvolutionCountItsKernel)
{
    expectFans({.inChannels = 64, .outChannels = 128, .kernel = {3, 5}}, {960, 1920},
               {{{128, 64, 3, 5}, {960, 1920}},
                {{3, 5, 64, 128}, {960, 1920}},
                {{3, 5, 64, 128}, {960, 1920}}});
}

TEST(Fans, OfGroupsAreOverlookedByTheFanOut)
{
    expectFans({.inChannels = 64, .outChannels = 128, .kernel = {3, 3}, .groups = 4}, {144, 288},
               {{{128, 16, 3, 3}, {144, 1152}, true},
                {{3, 3, 16, 128}, {144, 1152}, true},
                {{3, 3, 16, 128}, {144, 1152}, true}});
}

/// Four channels, each with a 3 x 3 kernel of its own: (9, 36) instead of (9, 9) in PyTorch.
TEST(Fans, OfDepthwiseKernels)
{
    expectFans({.kind = Kind::Depthwise, .inChannels = 4, .outChannels = 4, .kernel = {3, 3}},
               {9, 9},
               {{{4, 1, 3, 3}, {9, 36}, true},
                {{3, 3, 4, 1}, {36, 9}, true},
                {{3, 3, 1, 4}, {9, 36}, true}});
}

TEST(Fans, OfTransposedConvolutionsAreExchangedByTwoFrameworks)
{
    expectFans({.kind = Kind::Transposed, .inChannels = 8, .outChannels = 2, .kernel = {4, 4}},
               {128, 32},
               {{{8, 2, 4, 4}, {32, 128}, true},
                {{4, 4, 2, 8}, {32, 128}, true},
                {{4, 4, 8, 2}, {128, 32}}});
}

TEST(Fans, OnlyPyTorchHasTransposedGroups)
{
    const auto report = fansOf(
        {.kind = Kind::Transposed, .inChannels = 8, .outChannels = 4, .kernel = {3}, .groups = 2});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->connections, (Fans{12, 6}));
    EXPECT_EQ(report->frameworks[0].shape, (std::vector<Index>{8, 2, 3}));
    EXPECT_EQ(report->frameworks[0].fans, (Fans{6, 24}));
    for (const std::size_t other : {1, 2}) {
        EXPECT_FALSE(report->frameworks[other].fans);
        EXPECT_FALSE(report->frameworks[other].difference.empty());
    }
}

TEST(Fans, RefusesLayersThatDoNotExist)
{
    const FanLayer bad[] = {{.inChannels = 0},
                            {.outChannels = -3},
                            {.inChannels = largestChannelCount + 1},
                            {.kernel = {}},
                            {.kernel = {3, 0}},
                            {.kernel = {1, 1, 1, 1}},
                            {.groups = 0},
                            {.groups = 3},
                            {.kind = Kind::Depthwise, .inChannels = 4, .outChannels = 6}};
    for (const FanLayer& layer : bad) {
        EXPECT_FALSE(fansOf(layer));
    }
}

} // namespace
} // namespace initlens::initializers
