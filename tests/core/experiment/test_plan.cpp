#include "core/experiment/plan.h"
#include "tests/support/specs.h"

namespace initlens::experiment {

namespace {

using testing::makeSpec;

constexpr double mebibyte = 1024.0 * 1024.0;

TEST(Plan, CountsWhatTheRunAllocates)
{
    const auto spec = makeSpec({.initializer = "orthogonal",
                                .precision = "float32",
                                .jacobian = "none",
                                .depth = 100,
                                .width = 1000,
                                .batch = 128});
    const auto plan = makePlan(spec, 2, 4096 * mebibyte);
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->keepWeights);
    EXPECT_NEAR(plan->weightBytes, 100 * 1000.0 * 1001.0 * 4, 1);
    // The slopes of every layer, and the Gram matrices of its samples.
    EXPECT_NEAR(plan->activationBytes, 100 * (1000 + 128) * 128.0 * 4, 0.1 * plan->activationBytes);
    EXPECT_EQ(plan->spectrumBytes, 0);
    EXPECT_EQ(plan->threads, 2);
    EXPECT_GT(plan->seconds(), 0);
}

TEST(Plan, DrawsWeightsAgainWhereKeepingThemDoesNotFit)
{
    const auto spec = makeSpec(
        {.precision = "float32", .jacobian = "none", .depth = 1000, .width = 1000, .batch = 1});
    const auto plan = makePlan(spec, 1, 500 * mebibyte);
    ASSERT_TRUE(plan) << plan.error().message();
    EXPECT_FALSE(plan->keepWeights);
    EXPECT_LE(plan->totalBytes, 500 * mebibyte);
}

TEST(Plan, DrawsAgainWhatIsCheaperDrawnThanKept)
{
    const auto plan = makePlan(makeSpec({.initializer = "he_normal",
                                         .precision = "float32",
                                         .jacobian = "none",
                                         .depth = 100,
                                         .width = 1000}),
                               2, 4096 * mebibyte);
    ASSERT_TRUE(plan);
    EXPECT_FALSE(plan->keepWeights);
    EXPECT_LT(plan->weightBytes, 20 * 1000.0 * 1001.0 * 4);
    const auto small = makePlan(makeSpec({.initializer = "he_normal", .depth = 20, .width = 100}),
                                2, 4096 * mebibyte);
    ASSERT_TRUE(small);
    EXPECT_TRUE(small->keepWeights);
}

TEST(Plan, RefusalSaysWhatFitsAndThatFits)
{
    auto spec = makeSpec({.depth = 100'000, .width = 16'384, .batch = 128});
    const double limit = 2048 * mebibyte;
    const auto plan = makePlan(spec, 1, limit);
    ASSERT_FALSE(plan);
    const std::string message = plan.error().message();
    EXPECT_NE(message.find("needs"), std::string::npos) << message;
    EXPECT_NE(message.find("2.0 GiB"), std::string::npos) << message;

    spec = makeSpec({.precision = "float32", .depth = 50'000, .width = 1000, .batch = 128});
    const std::string other = makePlan(spec, 1, limit).error().message();
    const auto depthText = other.substr(other.find("depth up to ") + 12);
    spec.depth = std::stoll(depthText);
    EXPECT_TRUE(makePlan(spec, 1, limit)) << other;
    ++spec.depth;
    EXPECT_FALSE(makePlan(spec, 1, limit)) << other;
}

TEST(Plan, RefusalNamesTheMethodThatFits)
{
    auto spec = makeSpec({.precision = "float32", .depth = 4, .width = 8192, .batch = 1});
    const double limit = 3072 * mebibyte;
    const auto plan = makePlan(spec, 2, limit);
    ASSERT_FALSE(plan);
    EXPECT_NE(plan.error().message().find("--spectrum sketch"), std::string::npos)
        << plan.error().message();
    spec.spectrum =
        Choice<spectrum::Method>(*findRow(spectrum::Method::table(), std::string_view("sketch")));
    EXPECT_TRUE(makePlan(spec, 2, limit));
}

TEST(Plan, TimesOfSpectraAreTheMethods)
{
    constexpr double memory = 1e15;
    const auto seconds = [&](std::string_view method, std::int64_t depth, std::int64_t width,
                             std::string_view scope = "from_input") {
        auto spec = makeSpec({.jacobian = scope, .depth = depth, .width = width, .batch = 1});
        spec.spectrum = Choice<spectrum::Method>(*findRow(spectrum::Method::table(), method));
        spec.spectrumEvery = 10;
        const auto plan = makePlan(spec, 2, memory);
        return plan ? plan->spectrumSeconds : -1;
    };
    // The speed of the machine is measured anew for every plan, beside other programs.
    constexpr double clearly = 3;
    for (const auto* method : spectrum::Method::table()) {
        const auto id = method->head.id;
        EXPECT_GT(seconds(id, 20, 256), 0) << id;
        EXPECT_GT(seconds(id, 20, 4096), clearly * seconds(id, 20, 256)) << id;
        EXPECT_GT(seconds(id, 400, 256), clearly * seconds(id, 20, 256)) << id;
        EXPECT_EQ(seconds(id, 20, 256, "none"), 0) << id;
    }
    EXPECT_LT(clearly * seconds("sketch", 20, 16'384), seconds("exact", 20, 16'384));
}

TEST(Plan, TheLargestSpecIsRefusedAndNothingIsAllocated)
{
    auto spec = makeSpec(
        {.depth = network::largestDepth, .width = network::largestWidth, .batch = largestBatch});
    spec.trials = largestTrials;
    const auto record = run(
        spec, [](const Event&) { FAIL() << "no event before the refusal"; }, Execution{});
    ASSERT_FALSE(record);
    EXPECT_NE(record.error().message().find("memory"), std::string::npos);
}

TEST(Plan, BytesAreReadable)
{
    EXPECT_EQ(bytesText(12), "12 bytes");
    EXPECT_EQ(bytesText(1536), "1.5 KiB");
    EXPECT_EQ(bytesText(3.5 * 1024 * mebibyte), "3.5 GiB");
    EXPECT_EQ(bytesText(1e40).find("EiB") != std::string::npos, true);
}

TEST(Plan, CheckpointsAreKeptWhereNotAllFits)
{
    for (const std::string_view precision : {"float32", "float64"}) {
        auto spec = testing::makeSpec({.precision = precision,
                                       .jacobian = "none",
                                       .depth = 300,
                                       .width = 8,
                                       .batch = 500,
                                       .biasStd = 0.1});
        const auto whole = makePlan(spec, 2);
        ASSERT_TRUE(whole);
        EXPECT_FALSE(whole->keep.recomputes());
        const double limit = 0.4 * whole->totalBytes;
        const auto plan = makePlan(spec, 2, limit);
        ASSERT_TRUE(plan) << plan.error().message();
        EXPECT_TRUE(plan->keep.recomputes());
        EXPECT_LE(plan->totalBytes, limit);
        const auto expected = testing::runToEnd(spec, 2);
        const auto found = testing::runToEnd(spec, 2, limit);
        ASSERT_EQ(found->readings.size(), expected->readings.size());
        for (const char* id : {"gradient_norm", "weight_gradient_norm", "activation_variance"}) {
            EXPECT_EQ(testing::readingOf<diagnostics::Profile>(*found, id).values,
                      testing::readingOf<diagnostics::Profile>(*expected, id).values)
                << id;
        }
        spec.jacobian = testing::chosen<spectrum::Scope>("from_input");
        EXPECT_NE(makePlan(spec, 2, limit).error().message().find("--jacobian none"),
                  std::string::npos);
    }
}

} // namespace

} // namespace initlens::experiment
