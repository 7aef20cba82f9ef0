// A program of its own: every run has a process of its own, forked before any worker exists.

#include "tests/support/specs.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace initlens::experiment {

namespace {

using testing::makeSpec;
using testing::SpecOptions;

constexpr double mebibyte = 1024.0 * 1024.0;

/// The most memory that a process takes which does nothing but run the spec, in bytes.
double peakOf(const RunSpec& spec)
{
    const pid_t child = fork();
    if (child == 0) {
        const auto record = run(spec, [](const Event&) {}, Execution{}, {.threads = 2});
        _exit(record ? 0 : 1);
    }
    int status = -1;
    struct rusage usage = {};
    EXPECT_EQ(wait4(child, &status, 0, &usage), child);
    EXPECT_EQ(status, 0);
    return static_cast<double>(usage.ru_maxrss) * 1024;
}

class PlanMemory : public ::testing::TestWithParam<SpecOptions> {};

TEST_P(PlanMemory, IsWhatTheRunTakes)
{
    const double idle = peakOf(makeSpec({.jacobian = "none", .depth = 1, .width = 2}));
    const auto spec = makeSpec(GetParam());
    const auto plan = makePlan(spec, 2);
    ASSERT_TRUE(plan);
    const double taken = peakOf(spec) - idle;
    // The libraries' own buffers come on top; what a run needs at the worst it may not need here.
    EXPECT_LT(taken, 1.1 * plan->totalBytes + 40 * mebibyte) << bytesText(plan->totalBytes);
    EXPECT_GT(taken, 0.3 * plan->totalBytes - 40 * mebibyte) << bytesText(plan->totalBytes);
}

INSTANTIATE_TEST_SUITE_P(
    All, PlanMemory,
    ::testing::Values(
        SpecOptions{.initializer = "orthogonal", .jacobian = "none", .depth = 3, .width = 3000},
        SpecOptions{.initializer = "he_normal",
                    .precision = "float32",
                    .jacobian = "none",
                    .depth = 200,
                    .width = 500,
                    .batch = 600},
        SpecOptions{.initializer = "he_normal", .depth = 1, .width = 4000, .inputSize = 50},
        SpecOptions{.depth = 6, .width = 1200},
        SpecOptions{.jacobian = "to_output", .depth = 6, .width = 1200},
        SpecOptions{
            .initializer = "scaled_gaussian:sigma_w=1.6", .depth = 60, .width = 500, .batch = 4},
        SpecOptions{.activation = "crelu", .initializer = "he_normal", .depth = 6, .width = 900}));

} // namespace

} // namespace initlens::experiment
