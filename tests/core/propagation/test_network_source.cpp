#include "core/propagation/network_source.h"
#include "tests/support/specs.h"

namespace initlens::propagation {

namespace {

using testing::makeSpec;

NetworkDraw drawOf(const experiment::RunSpec& spec, std::uint32_t trial = 0)
{
    return {spec, experiment::effectiveInputSize(spec), 11, trial};
}

TEST(NetworkSource, RedrawnLayersAreTheKeptOnes)
{
    const auto spec =
        makeSpec({.initializer = "orthogonal", .depth = 9, .width = 70, .biasStd = 1});
    NetworkSource<float> kept(drawOf(spec), true);
    NetworkSource<float> redrawn(drawOf(spec), false);
    for (Index layer = 9; layer >= 1; --layer) {
        kept.prepare(layer, layer, Execution{});
        redrawn.prepare(layer, layer, Execution{});
        EXPECT_EQ(kept.weights(layer), redrawn.weights(layer)) << layer;
        EXPECT_EQ(kept.biases(layer), redrawn.biases(layer)) << layer;
    }
}

TEST(NetworkSource, LayersAndTrialsDiffer)
{
    const auto spec = makeSpec({.depth = 3});
    NetworkSource<double> first(drawOf(spec, 0), true);
    NetworkSource<double> second(drawOf(spec, 1), true);
    first.prepare(1, 3, Execution{});
    second.prepare(1, 3, Execution{});
    EXPECT_NE(first.weights(2), first.weights(3));
    EXPECT_NE(first.weights(2), second.weights(2));
}

TEST(NetworkSource, RescaledLayersStayRescaledWhenDrawnAgain)
{
    const auto spec = makeSpec({.depth = 2, .width = 30});
    NetworkSource<float> source(drawOf(spec), false);
    source.prepare(1, 1, Execution{});
    const Matrix<float> before = source.weights(1);
    source.rescale(1, 2.0, Execution{});
    source.rescale(1, 1.7, Execution{});
    const Matrix<float> scaled = source.weights(1);
    source.prepare(2, 2, Execution{});
    source.prepare(1, 1, Execution{});
    EXPECT_EQ(source.weights(1), scaled);
    EXPECT_TRUE(scaled.isApprox(before * 3.4F));
}

TEST(NetworkSource, BiasesHaveTheirDeviation)
{
    const auto spec = makeSpec({.depth = 1, .width = 4000, .inputSize = 2, .biasStd = 0.25});
    NetworkSource<double> source(drawOf(spec), true);
    source.prepare(1, 1, Execution{});
    ASSERT_TRUE(source.hasBiases());
    EXPECT_NEAR(source.biases(1).norm() / std::sqrt(4000.0), 0.25, 0.02);
    EXPECT_FALSE(NetworkSource<double>(drawOf(makeSpec({})), true).hasBiases());
}

} // namespace

} // namespace initlens::propagation
