#include "core/base/execution.h"

#include <gtest/gtest.h>

#include <thread>

namespace initlens {
namespace {

TEST(Execution, StartsUnstoppedAndAtZero)
{
    const Execution execution;
    EXPECT_FALSE(execution.stopRequested());
    EXPECT_EQ(execution.progress(), 0.0);
}

TEST(Execution, CopiesShareTheRequestAndTheProgress)
{
    const Execution execution;
    const Execution copy = execution;
    copy.requestStop();
    copy.setProgress(0.25);
    EXPECT_TRUE(execution.stopRequested());
    EXPECT_EQ(execution.progress(), 0.25);
}

TEST(Execution, TwoExecutionsAreIndependent)
{
    const Execution first;
    const Execution second;
    first.requestStop();
    EXPECT_FALSE(second.stopRequested());
}

TEST(Execution, ARequestOfAnotherThreadArrives)
{
    const Execution execution;
    std::thread other([execution] { execution.requestStop(); });
    other.join();
    EXPECT_TRUE(execution.stopRequested());
}

} // namespace
} // namespace initlens
