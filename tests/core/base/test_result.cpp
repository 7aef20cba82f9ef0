#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace initlens {
namespace {

TEST(Error, MessageJoinsAllProblemsInOrder)
{
    Error error("depth must be 1 or more");
    error.add("width must be 1 or more");
    Error other("no pair");
    error.append(std::move(other));
    EXPECT_EQ(error.message(), "depth must be 1 or more; width must be 1 or more; no pair");
    EXPECT_EQ(error.problems.size(), 3U);
}

TEST(Error, IsEmptyUntilAProblemIsAdded)
{
    Error error;
    EXPECT_TRUE(error.empty());
    EXPECT_EQ(error.message(), "");
    error.append(Error{});
    EXPECT_TRUE(error.empty());
    error.add("a problem");
    EXPECT_FALSE(error.empty());
}

TEST(Result, HoldsAValueOrTheReasons)
{
    const Result<int> value = 7;
    ASSERT_TRUE(value.ok());
    EXPECT_TRUE(static_cast<bool>(value));
    EXPECT_EQ(*value, 7);

    const Result<int> failure = Error("no");
    EXPECT_FALSE(failure.ok());
    EXPECT_FALSE(static_cast<bool>(failure));
    EXPECT_EQ(failure.error(), Error("no"));
}

TEST(Result, CarriesWhatCanOnlyBeMoved)
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    ASSERT_TRUE(result);
    const std::unique_ptr<int> taken = *std::move(result);
    ASSERT_NE(taken, nullptr);
    EXPECT_EQ(*taken, 3);
}

TEST(Result, ReachesMembersByArrow)
{
    Result<std::string> text = std::string("abc");
    EXPECT_EQ(text->size(), 3U);
    text->push_back('d');
    EXPECT_EQ(*text, "abcd");
}

TEST(Status, SaysOnlyWhetherItWorked)
{
    const Status done = Done{};
    const Status failed = Error("disk full");
    EXPECT_TRUE(done.ok());
    EXPECT_EQ(failed.error().message(), "disk full");
}

} // namespace
} // namespace initlens
