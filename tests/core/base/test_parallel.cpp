#include "core/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>
#include <thread>
#include <vector>

namespace initlens {
namespace {

TEST(Workers, CountTheCallingThread)
{
    EXPECT_EQ(Workers(1).threads(), 1);
    EXPECT_EQ(Workers(3).threads(), 3);
    EXPECT_EQ(Workers().threads(), processorCount());
    EXPECT_GE(processorCount(), 1);
}

TEST(Workers, RunReturnsWhenTheWorkIsDone)
{
    int calls = 0;
    Workers(2).run([&] { ++calls; });
    EXPECT_EQ(calls, 1);
}

TEST(Workers, OneThreadIsTheCallersOwn)
{
    std::set<std::thread::id> threads;
    Workers(1).run([&] {
        parallelFor(100, Execution{},
                    [&](std::size_t) { threads.insert(std::this_thread::get_id()); });
    });
    EXPECT_EQ(threads.size(), 1U);
}

TEST(Workers, BackgroundWorkersDoTheSameWork)
{
    std::atomic<int> sum{0};
    Workers(2, true).run(
        [&] { parallelFor(100, Execution{}, [&](std::size_t i) { sum += static_cast<int>(i); }); });
    EXPECT_EQ(sum, 4950);
}

class ParallelForThreads : public testing::TestWithParam<int> {};

TEST_P(ParallelForThreads, CallsEveryIndexExactlyOnce)
{
    for (const std::size_t count :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
        std::vector<std::atomic<int>> calls(count);
        Workers(GetParam()).run([&] {
            parallelFor(count, Execution{}, [&](std::size_t i) { ++calls[i]; });
        });
        for (const auto& call : calls) {
            EXPECT_EQ(call, 1);
        }
    }
}

TEST_P(ParallelForThreads, LoopsMayBeNested)
{
    std::vector<std::atomic<int>> calls(20 * 30);
    Workers(GetParam()).run([&] {
        parallelFor(20, Execution{}, [&](std::size_t i) {
            parallelFor(30, Execution{}, [&](std::size_t j) { ++calls[i * 30 + j]; });
        });
    });
    for (const auto& call : calls) {
        EXPECT_EQ(call, 1);
    }
}

TEST_P(ParallelForThreads, LeavesOutWhatFollowsAStop)
{
    const Execution execution;
    std::atomic<int> calls{0};
    Workers(GetParam()).run([&] {
        parallelFor(100'000, execution, [&](std::size_t) {
            if (++calls == 5) {
                execution.requestStop();
            }
        });
    });
    EXPECT_GE(calls, 5);
    // Each thread may have been in the middle of one call.
    EXPECT_LE(calls, 5 + GetParam());
}

TEST_P(ParallelForThreads, DoesNothingWhenAlreadyStopped)
{
    const Execution execution;
    execution.requestStop();
    std::atomic<int> calls{0};
    for (const std::size_t count : {std::size_t{1}, std::size_t{50}}) {
        Workers(GetParam()).run([&] {
            parallelFor(count, execution, [&](std::size_t) { ++calls; });
        });
    }
    EXPECT_EQ(calls, 0);
}

TEST_P(ParallelForThreads, GroupWaitsForAllItsTasks)
{
    std::atomic<int> done{0};
    Workers(GetParam()).run([&] {
        TaskGroup group;
        for (int i = 0; i < 50; ++i) {
            group.run([&] { ++done; });
        }
        group.wait();
        EXPECT_EQ(done, 50);
        group.run([&] { ++done; });
        group.wait();
    });
    EXPECT_EQ(done, 51);
}

TEST_P(ParallelForThreads, GroupWaitsWhenItIsDestroyed)
{
    std::atomic<int> done{0};
    Workers(GetParam()).run([&] {
        TaskGroup group;
        for (int i = 0; i < 20; ++i) {
            group.run([&] { ++done; });
        }
    });
    EXPECT_EQ(done, 20);
}

TEST_P(ParallelForThreads, TasksMayHoldLoops)
{
    std::atomic<int> calls{0};
    Workers(GetParam()).run([&] {
        TaskGroup group;
        for (int i = 0; i < 4; ++i) {
            group.run([&] { parallelFor(25, Execution{}, [&](std::size_t) { ++calls; }); });
        }
    });
    EXPECT_EQ(calls, 100);
}

INSTANTIATE_TEST_SUITE_P(Threads, ParallelForThreads, testing::Values(1, 2, 4));

TEST(RunAbandonable, ReturnsTrueWhenTheCallIsDone)
{
    const auto result = std::make_shared<int>(0);
    EXPECT_TRUE(runAbandonable([result] { *result = 42; }, Execution{}));
    EXPECT_EQ(*result, 42);
}

TEST(RunAbandonable, ReturnsFalseOnAStopWhileTheCallGoesOn)
{
    const Execution execution;
    const auto mayEnd = std::make_shared<std::promise<void>>();
    const auto ended = std::make_shared<std::promise<void>>();
    auto hasEnded = ended->get_future();
    const bool finished = runAbandonable(
        [execution, ended, wait = mayEnd->get_future().share()] {
            execution.requestStop();
            wait.wait();
            ended->set_value();
        },
        execution);
    EXPECT_FALSE(finished);
    mayEnd->set_value();
    hasEnded.wait();
}

} // namespace
} // namespace initlens
