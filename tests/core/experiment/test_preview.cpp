#include "core/experiment/preview.h"

#include "tests/support/specs.h"

#include <cmath>
#include <random>

namespace initlens::experiment {

namespace {

using initializers::Initializer;
using testing::chosen;
using testing::makeSpec;
using testing::readingOf;

/// Fan-in times the variance of the weights of the second layer.
double sigmaSquared(const RunSpec& spec)
{
    const auto shape = network::weightShape(spec, effectiveInputSize(spec), 2);
    const auto moments = spec.initializer->moments(shape, spec.initializer.values);
    return moments ? static_cast<double>(shape.fanIn()) * moments->variance : 0;
}

TEST(Preview, AnEstimateIsPreviewedByExactValues)
{
    auto spec = makeSpec({.depth = 10, .width = 4000});
    spec.spectrum = testing::chosen<spectrum::Method>("sketch");
    const auto twin = previewOf(spec);
    ASSERT_TRUE(twin);
    EXPECT_FALSE(twin->spectrum->matrixFree);
}

TEST(Preview, WhatIsQuickItselfHasNone)
{
    EXPECT_FALSE(previewOf(makeSpec({.depth = 50, .width = 128})));
    EXPECT_FALSE(previewOf(makeSpec({.depth = 10, .width = 256})));
    EXPECT_TRUE(previewOf(makeSpec({.depth = 100, .width = 512})));
}

TEST(Preview, EveryInitializerKeepsItsLawOrHasNone)
{
    int found = 0;
    for (const Initializer* row : Initializer::table()) {
        auto spec = makeSpec({.depth = 100, .width = 1000});
        spec.initializer = Choice<Initializer>(*row);
        if (row->needsConcatenatedRectifier) {
            spec.activation = chosen<activations::Activation>("crelu");
        }
        if (!validate(spec).empty()) {
            continue;
        }
        const auto twin = previewOf(spec);
        if (!twin) {
            continue;
        }
        ++found;
        EXPECT_TRUE(validate(*twin).empty()) << row->head.id;
        EXPECT_LT(twin->width, 200);
        EXPECT_EQ(twin->depth, spec.depth);
        EXPECT_EQ(twin->activation, spec.activation);
        const double wanted = sigmaSquared(spec);
        EXPECT_NEAR(sigmaSquared(*twin), wanted, 1e-6 * wanted) << row->head.id;
    }
    EXPECT_GT(found, 15);
    for (const char* id : {"identity", "ones", "uniform:low=0,high=0.01"}) {
        auto spec = makeSpec({.depth = 100, .width = 1000});
        spec.initializer = chosen<Initializer>(id);
        EXPECT_FALSE(previewOf(spec)) << id;
    }
}

TEST(Preview, RandomSpecsGiveValidTwins)
{
    std::mt19937 random(4);
    const auto upTo = [&random](std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(1, most)(random);
    };
    int found = 0;
    for (int i = 0; i < 2000; ++i) {
        auto spec = makeSpec({.depth = upTo(5000),
                              .width = upTo(16'000),
                              .inputSize = upTo(3000),
                              .batch = upTo(300)});
        const auto inputs = data::Input::table();
        spec.input = Choice<data::Input>(*inputs[random() % inputs.size()]);
        spec.spectrumEvery = upTo(spec.depth);
        spec.trials = upTo(4);
        spec.jacobianSamples = upTo(spec.batch);
        if (!validate(spec).empty()) {
            continue;
        }
        if (const auto twin = previewOf(spec)) {
            ++found;
            EXPECT_TRUE(validate(*twin).empty()) << validate(*twin).message();
            EXPECT_EQ(twin->spectrumEvery % spec.spectrumEvery, 0);
            EXPECT_EQ(jacobianCount(*twin), 1);
        }
    }
    EXPECT_GT(found, 300);
}

TEST(Preview, ShowsAboutWhatTheWideNetworkDoes)
{
    auto spec = makeSpec({.activation = "relu",
                          .initializer = "normal:std=0.05",
                          .depth = 30,
                          .width = 1000,
                          .batch = 8});
    const auto twin = previewOf(spec);
    ASSERT_TRUE(twin);
    spec.jacobian = chosen<spectrum::Scope>("none");
    const auto wide = testing::runToEnd(spec, 2);
    const auto narrow = testing::runToEnd(*twin, 2);
    for (const char* id : {"activation_variance", "gradient_norm"}) {
        const auto& a = readingOf<diagnostics::Profile>(*wide, id);
        const auto& b = readingOf<diagnostics::Profile>(*narrow, id);
        EXPECT_NEAR(a.values.back() - a.values.front(), b.values.back() - b.values.front(), 1.5)
            << id;
        EXPECT_GT(std::abs(a.values.back() - a.values.front()), id[0] == 'a' ? 2.5 : 1.2);
    }
}

} // namespace

} // namespace initlens::experiment
