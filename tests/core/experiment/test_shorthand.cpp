#include "core/experiment/shorthand.h"

#include "tests/support/specs.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace initlens::experiment {

namespace {

RunSpec read(std::string_view text, const RunSpec& base = {})
{
    const auto reading = specFromShorthand(text, base);
    if (!reading) {
        ADD_FAILURE() << text << ": " << reading.error().message();
        return base;
    }
    EXPECT_EQ(reading->leftOut, "") << text;
    return reading->spec;
}

void expectRefused(std::string_view text, std::string_view part)
{
    const auto reading = specFromShorthand(text, RunSpec());
    ASSERT_FALSE(reading) << text;
    EXPECT_EQ(reading.error().problems.size(), 1U) << text;
    EXPECT_NE(reading.error().message().find(part), std::string::npos)
        << text << ": " << reading.error().message();
}

RunSpec sized(std::int64_t inputs, std::int64_t width, std::int64_t depth)
{
    RunSpec spec;
    spec.inputSize = inputs;
    spec.width = width;
    spec.depth = depth;
    return spec;
}

template <class Row>
void expectRowsRoundTrip(Choice<Row> network::NetworkSpec::*member)
{
    for (const Row* row : Row::table()) {
        RunSpec spec;
        spec.*member = Choice<Row>(*row);
        EXPECT_EQ(read(shorthandOf(spec)), spec) << row->head.id;
        // Values away from the initial ones are written too.
        for (std::size_t i = 0; i < row->head.params.size(); ++i) {
            (spec.*member).values[i] = row->head.params[i].max;
        }
        EXPECT_EQ(read(shorthandOf(spec)), spec) << shorthandOf(spec);
    }
}

} // namespace

TEST(Shorthand, ReadsSizes)
{
    EXPECT_EQ(read("512x50"), sized(0, 512, 50));
    EXPECT_EQ(read("784-512x50"), sized(784, 512, 50));
    EXPECT_EQ(read("784-512-512-512"), sized(784, 512, 3));
    EXPECT_EQ(read("784-512X20-512*30-512"), sized(784, 512, 51));
    EXPECT_EQ(read("784-10"), sized(784, 10, 1));
    // The sizes are said as a whole: without inputs they are left to the data.
    EXPECT_EQ(read("16x3", sized(784, 512, 50)), sized(0, 16, 3));
    EXPECT_EQ(read("input_size=9 16x3"), sized(9, 16, 3));
}

TEST(Shorthand, SaysThatAnOutputLayerIsLeftOut)
{
    for (const std::string_view text :
         {"784-512x50-10 gelu he_normal", "512x50-10 gelu he_normal"}) {
        const auto reading = specFromShorthand(text, RunSpec());
        ASSERT_TRUE(reading) << text;
        EXPECT_EQ(reading->spec.width, 512);
        EXPECT_EQ(reading->spec.depth, 50);
        EXPECT_EQ(reading->spec.activation.id(), "gelu");
        EXPECT_NE(reading->leftOut.find("output layer of 10 units is left out"), std::string::npos);
    }
}

TEST(Shorthand, ReadsWordsInAnyOrderAndCase)
{
    const RunSpec spec = read("He-Normal, batch=64  Leaky_ReLU:slope=0.3 128x4; input=line seed=3");
    RunSpec expected = sized(0, 128, 4);
    expected.initializer = testing::chosen<initializers::Initializer>("he_normal");
    expected.activation = testing::chosen<activations::Activation>("leaky_relu:slope=0.3");
    expected.input = testing::chosen<data::Input>("line");
    expected.batch = 64;
    expected.seed = 3;
    EXPECT_EQ(spec, expected);
    // What is not said stays.
    expected.activation = testing::chosen<activations::Activation>("tanh");
    EXPECT_EQ(read("tanh", spec), expected);
}

TEST(Shorthand, ReadsACommandLine)
{
    RunSpec expected = sized(0, 64, 7);
    expected.biasStd = 0.25;
    expected.activation = testing::chosen<activations::Activation>("tanh");
    EXPECT_EQ(read("initlens run --depth 7 \\\n  --bias-std=0.25 --width 64 --activation tanh"),
              expected);
    EXPECT_EQ(read("--depth 7 --bias-std 0.25 --width 64 --activation 'tanh'"), expected);
    EXPECT_EQ(read("build/initlens run --network '64x7 tanh' --bias-std 0.25"), expected);
    EXPECT_EQ(read("initlens theory --network='64x7 tanh' --bias-std 0.25"), expected);
}

TEST(Shorthand, RefusesInASentence)
{
    expectRefused("", "no network is written here");
    expectRefused("  ", "784-512x50 gelu he_normal");
    expectRefused("784-512-256-10", "512 and 256 units");
    expectRefused("784-512x3-256x3", "have one width");
    expectRefused("512", "no sizes of layers");
    expectRefused("512x", "no sizes of layers");
    expectRefused("784--512", "no sizes of layers");
    expectRefused("512x0", "depth must be a whole number from 1");
    expectRefused("512x99999999999999999999", "depth must be a whole number");
    expectRefused("gelo", "did you mean gelu?");
    expectRefused("he_norml", "did you mean he_normal?");
    expectRefused("qqqqqqqqqqqqqqqq", "unknown word");
    expectRefused("line", "did you mean input=line?");
    expectRefused("dept=4", "did you mean depth?");
    expectRefused("batch=", "batch must be");
    expectRefused("--batch", "batch must be");
    expectRefused("relu tanh", "activation is given twice");
    expectRefused("512x4 depth=5", "depth is given twice");
    expectRefused("relu:slope=1", "takes no parameters");
    expectRefused("initlens run --output a.json", "output");
}

TEST(Shorthand, EveryActivationAndInitializerReadsBack)
{
    expectRowsRoundTrip<activations::Activation>(&RunSpec::activation);
    expectRowsRoundTrip<initializers::Initializer>(&RunSpec::initializer);
}

TEST(Shorthand, WritesWhatDiffersFromTheDefaults)
{
    RunSpec spec = sized(784, 512, 50);
    spec.activation = testing::chosen<activations::Activation>("gelu");
    EXPECT_EQ(shorthandOf(spec), "784-512x50 gelu he_normal");
    spec.seed = 3;
    spec.biasStd = 0.1;
    spec.histogramLayer = 7;
    spec.architecture = testing::chosen<network::Architecture>("conv:size=6");
    const std::string line = shorthandOf(spec);
    EXPECT_EQ(read(line), spec) << line;
    EXPECT_EQ(RunSpec(), read(shorthandOf(RunSpec())));
}

} // namespace initlens::experiment
