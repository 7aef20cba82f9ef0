#include "tests/core/data/drawn_input.h"
#include "tests/support/choices.h"

#include <gtest/gtest.h>

namespace initlens::data {
namespace {

using namespace data::testing;

class InputRow : public ::testing::TestWithParam<const Input*> {
protected:
    [[nodiscard]] std::vector<InputChoice> choices() const
    {
        return initlens::testing::choicesOf(*GetParam());
    }
    [[nodiscard]] Index size() const { return acceptedSize(*GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(EveryRow, InputRow, ::testing::ValuesIn(Input::table()),
                         initlens::testing::RowName());

TEST(InputTable, SaysWhatItHolds)
{
    initlens::testing::expectSoundTable<Input>();
}

TEST(InputTable, ChoicesRoundTripThroughText)
{
    initlens::testing::expectRoundTrips<Input>();
}

TEST_P(InputRow, AcceptsAnOrdinaryShape)
{
    for (const auto& choice : choices()) {
        if (GetParam()->refusal != nullptr) {
            EXPECT_EQ(GetParam()->refusal(size(), acceptedBatch, choice.values), "");
        }
    }
}

TEST_P(InputRow, EveryElementIsWrittenAndFinite)
{
    for (const auto& choice : choices()) {
        const Matrix<double> x = draw(choice, size(), acceptedBatch);
        EXPECT_TRUE(x.allFinite()) << choiceText(choice);
        EXPECT_GT(x.minCoeff(), -1e98) << choiceText(choice);
        EXPECT_GT(x.norm(), 0) << choiceText(choice);
    }
}

TEST_P(InputRow, SameBitsForAnyNumberOfThreads)
{
    const Index wide = GetParam()->fixedSize > 0 ? GetParam()->fixedSize : 1500;
    for (const auto& choice : choices()) {
        const Matrix<double> one = draw(choice, wide, 130, stream(), 1);
        EXPECT_EQ(draw(choice, wide, 130, stream(), 2), one) << choiceText(choice);
        EXPECT_EQ(draw(choice, wide, 130, stream(), 4), one) << choiceText(choice);
    }
}

TEST_P(InputRow, SeedAndTrialChangeTheDraw)
{
    const InputChoice choice(*GetParam());
    const Matrix<double> x = draw(choice, size(), acceptedBatch);
    EXPECT_NE(draw(choice, size(), acceptedBatch, stream(12)), x);
    EXPECT_NE(draw(choice, size(), acceptedBatch, stream(11, 1)), x);
    EXPECT_EQ(draw(choice, size(), acceptedBatch), x);
}

/// The Jacobian's sample stays while the batch changes.
TEST_P(InputRow, FirstColumnDoesNotDependOnTheBatch)
{
    const InputChoice choice(*GetParam());
    EXPECT_EQ(draw(choice, size(), 4).col(0), draw(choice, size(), acceptedBatch).col(0));
}

TEST_P(InputRow, FixedSizesRefuseOthers)
{
    const Index fixed = GetParam()->fixedSize;
    const InputChoice choice(*GetParam());
    if (fixed == 0) {
        EXPECT_TRUE(draw(choice, 3, acceptedBatch).allFinite());
        return;
    }
    ASSERT_NE(GetParam()->refusal, nullptr);
    for (const Index other : {fixed - 1, fixed + 1}) {
        const std::string reason = GetParam()->refusal(other, acceptedBatch, choice.values);
        EXPECT_NE(reason.find(std::to_string(fixed)), std::string::npos) << reason;
    }
}

} // namespace
} // namespace initlens::data
