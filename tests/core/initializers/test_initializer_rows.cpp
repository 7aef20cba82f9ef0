#include "tests/core/initializers/drawn_weights.h"
#include "tests/support/choices.h"

#include <gtest/gtest.h>

#include <Eigen/LU>

#include <algorithm>
#include <iterator>

namespace initlens::initializers {
namespace {

using namespace initializers::testing;

class InitializerRow : public ::testing::TestWithParam<const Initializer*> {
protected:
    /// The row's choices that serve the shape.
    [[nodiscard]] std::vector<InitializerChoice> choices(const WeightShape& shape) const
    {
        auto all = initlens::testing::choicesOf(*GetParam());
        std::erase_if(all, [&](const auto& choice) {
            return !refusalOf(choice, served(choice, shape)).empty();
        });
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(EveryRow, InitializerRow, ::testing::ValuesIn(Initializer::table()),
                         initlens::testing::RowName());

TEST(InitializerTable, SaysWhatItHolds)
{
    initlens::testing::expectSoundTable<Initializer>();
    for (const Initializer* row : Initializer::table()) {
        EXPECT_FALSE(row->head.group.empty()) << row->head.id;
    }
}

TEST(InitializerTable, ChoicesRoundTripThroughText)
{
    initlens::testing::expectRoundTrips<Initializer>();
}

TEST_P(InitializerRow, ServesAnOrdinaryLayerAsItStands)
{
    const InitializerChoice choice(*GetParam());
    for (const int parts : {1, 2}) {
        for (const Index taps : {1, 9}) {
            EXPECT_EQ(refusalOf(choice, served(choice, {256, 256 * taps, parts, taps})), "");
        }
    }
}

TEST_P(InitializerRow, RefusalsAreClausesWithoutTheName)
{
    for (const auto& choice : initlens::testing::choicesOf(*GetParam())) {
        for (const WeightShape& shape :
             {WeightShape{1, 1}, WeightShape{256, 256}, WeightShape{8, 144, 1, 9}}) {
            const std::string reason = refusalOf(choice, shape);
            EXPECT_FALSE(reason.starts_with(GetParam()->head.id)) << reason;
            EXPECT_FALSE(reason.ends_with('.')) << reason;
        }
    }
}

template <class T>
void expectEveryElementWritten(const InitializerChoice& choice)
{
    for (const WeightShape& asked :
         {WeightShape{1, 1}, WeightShape{1, 40}, WeightShape{40, 1}, WeightShape{65, 33},
          WeightShape{33, 66, 2}, WeightShape{1, 9, 1, 9}, WeightShape{20, 117, 1, 9},
          WeightShape{20, 80, 1, 4}, WeightShape{20, 360, 2, 9}}) {
        const WeightShape shape = served(choice, asked);
        if (refusalOf(choice, shape).empty()) {
            EXPECT_TRUE(draw<T>(choice, shape).allFinite())
                << choiceText(choice) << " " << text(shape);
        }
    }
}

TEST_P(InitializerRow, EveryElementIsWrittenAndFinite)
{
    for (const auto& choice : initlens::testing::choicesOf(*GetParam())) {
        expectEveryElementWritten<float>(choice);
        expectEveryElementWritten<double>(choice);
    }
}

template <class T>
void expectSameForAnyThreads(const InitializerChoice& choice, const WeightShape& asked)
{
    const WeightShape shape = served(choice, asked);
    const Matrix<T> one = draw<T>(choice, shape, stream(), 1);
    EXPECT_EQ(draw<T>(choice, shape, stream(), 2), one) << choiceText(choice);
    EXPECT_EQ(draw<T>(choice, shape, stream(), 4), one) << choiceText(choice);
}

TEST_P(InitializerRow, SameBitsForAnyNumberOfThreads)
{
    // More than one piece of every kind of work.
    for (const WeightShape& shape : {WeightShape{210, 640, 2}, WeightShape{210, 990, 1, 9}}) {
        for (const auto& choice : choices(shape)) {
            expectSameForAnyThreads<float>(choice, shape);
            expectSameForAnyThreads<double>(choice, shape);
        }
    }
}

/// Either nothing is random, or seed, layer and trial all change the draw.
TEST_P(InitializerRow, SeedLayerAndTrialNameTheDraw)
{
    const InitializerChoice choice(*GetParam());
    for (const WeightShape& asked : {WeightShape{24, 24}, WeightShape{24, 216, 1, 9}}) {
        const WeightShape shape = served(choice, asked);
        const Matrix<double> weights = draw(choice, shape);
        EXPECT_EQ(draw(choice, shape), weights);
        const bool deterministic = draw(choice, shape, stream(6)) == weights;
        EXPECT_EQ(draw(choice, shape, stream(5, 2)) == weights, deterministic);
        EXPECT_EQ(draw(choice, shape, stream(5, 1, 1)) == weights, deterministic);
        EXPECT_EQ(draw<float>(choice, shape) == draw<float>(choice, shape, stream(6)),
                  deterministic);
    }
}

/// The stated rank is reached by some draw and passed by none.
TEST_P(InitializerRow, RankIsTheStatedOne)
{
    using enum WeightShape::Place;
    for (const WeightShape& asked :
         {WeightShape{30, 40}, WeightShape{40, 30}, WeightShape{12, 40, 2},
          WeightShape{40, 30, 1, 1, OnlyLayer, 5}, WeightShape{40, 30, 1, 1, LastLayer, 5}}) {
        const InitializerChoice choice(*GetParam());
        const WeightShape shape = served(choice, asked);
        if (!refusalOf(choice, shape).empty()) {
            continue;
        }
        const Index stated = choice->rank != nullptr ? choice->rank(shape, choice.values)
                                                     : std::min(shape.outputs, shape.inputs);
        Index most = 0;
        for (std::uint32_t trial = 0; trial < 20; ++trial) {
            const Matrix<double> weights = draw(choice, shape, stream(5, 1, trial));
            const Index rank =
                weights.isZero(0) ? 0 : Eigen::FullPivLU<Matrix<double>>(weights).rank();
            EXPECT_LE(rank, stated) << text(shape);
            most = std::max(most, rank);
        }
        EXPECT_EQ(most, stated) << text(shape);
    }
}

TEST_P(InitializerRow, OwnBiasesHaveALimit)
{
    for (const auto& choice : initlens::testing::choicesOf(*GetParam())) {
        if (choice->ownBias == nullptr) {
            continue;
        }
        if (const auto bias = choice->ownBias({10, 25}, choice.values)) {
            EXPECT_GT(bias->uniformLimit, 0) << choiceText(choice);
            EXPECT_LT(bias->uniformLimit, 1) << choiceText(choice);
        }
    }
}

std::vector<const Initializer*> cheapRows()
{
    std::vector<const Initializer*> rows;
    std::ranges::copy_if(Initializer::table(), std::back_inserter(rows),
                         [](const Initializer* row) { return row->cheapToDraw; });
    return rows;
}

class CheapInitializer : public ::testing::TestWithParam<const Initializer*> {};
INSTANTIATE_TEST_SUITE_P(EveryCheapRow, CheapInitializer, ::testing::ValuesIn(cheapRows()),
                         initlens::testing::RowName());

/// Element i is a law applied to element i of a stream: more columns leave those before them as
/// they are, but for what the law makes of the fan-in, a linear map.
TEST_P(CheapInitializer, ElementsDoNotDependOnTheirNeighbours)
{
    const InitializerChoice choice(*GetParam());
    const auto standardised = [](const Matrix<double>& weights) {
        const double spread = weights.maxCoeff() - weights.minCoeff();
        return Matrix<double>((weights.array() - weights.mean()) / (spread > 0 ? spread : 1.0));
    };
    const Matrix<double> few = standardised(draw(choice, served(choice, {32, 40})));
    const Matrix<double> many = standardised(draw(choice, served(choice, {32, 80})).leftCols(40));
    EXPECT_LT((few - many).cwiseAbs().maxCoeff(), 1e-12);
}

} // namespace
} // namespace initlens::initializers
