#include "core/initializers/normal_quantile.h"
#include "tests/core/initializers/drawn_weights.h"
#include "tests/support/choices.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

namespace initlens::initializers {
namespace {

using namespace initializers::testing;

/// Exact moments of what a law describes, in a matrix of this shape.
struct MomentsOfLaw {
    Index outputs = 1;
    Index inputs = 1;

    [[nodiscard]] double size() const { return static_cast<double>(outputs * inputs); }
    Moments operator()(const EqualElements& law) const { return {law.value, 0}; }
    Moments operator()(const NormalElements& law) const
    {
        return {law.mean, law.deviation * law.deviation};
    }
    Moments operator()(const TruncatedNormalElements& law) const
    {
        const double low = (law.low - law.mean) / law.deviation;
        const double high = (law.high - law.mean) / law.deviation;
        const double inside = normalProbability(high) - normalProbability(low);
        const double shift = (normalDensity(low) - normalDensity(high)) / inside;
        const double edges = (low * normalDensity(low) - high * normalDensity(high)) / inside;
        return {law.mean + law.deviation * shift,
                law.deviation * law.deviation * (1 + edges - shift * shift)};
    }
    Moments operator()(const UniformElements& law) const
    {
        return {(law.low + law.high) / 2, (law.high - law.low) * (law.high - law.low) / 12};
    }
    Moments operator()(const SparseElements& law) const
    {
        const auto of =
            static_cast<double>(law.each == SparseElements::Each::Row ? inputs : outputs);
        return {0, law.deviation * law.deviation * static_cast<double>(law.kept) / of};
    }
    Moments operator()(const OrthogonalMatrix& law) const
    {
        const auto longer =
            static_cast<double>(std::max(outputs, law.mirrored ? inputs / 2 : inputs));
        return {0, law.gain * law.gain / longer};
    }
    /// Its sum of squares is that of Q, which has the length gain in every column.
    Moments operator()(const OrthogonalKernel& law) const
    {
        constexpr double taps = 9;
        return {0, law.gain * law.gain / (static_cast<double>(outputs) * taps)};
    }
    Moments operator()(const DiagonalMatrix& law) const
    {
        const auto ones =
            static_cast<double>(law.groups * std::min(outputs / law.groups, inputs)) / size();
        return {law.value * ones, law.value * law.value * ones * (1 - ones)};
    }
    Moments operator()(const HadamardMatrix& law) const
    {
        double sum = 0;
        for (Index row = 0; row < outputs; ++row) {
            for (Index column = 0; column < inputs; ++column) {
                sum += std::popcount(static_cast<std::uint64_t>(row & column)) % 2 == 0 ? 1 : -1;
            }
        }
        const double mean = law.factor * sum / size();
        EXPECT_GE(Index{1} << law.doublings, std::max(outputs, inputs));
        return {mean, law.factor * law.factor - mean * mean};
    }
};

void expectStatedMoments(const InitializerChoice& choice, const WeightShape& shape)
{
    SCOPED_TRACE(choiceText(choice) + " at " + text(shape));
    const WeightShape stored = storedShape(*choice.row, shape);
    auto moments =
        std::visit(MomentsOfLaw{stored.outputs, stored.inputs}, choice->law(shape, choice.values));
    if (stored.inputs != shape.inputs) {
        // One tap of several.
        const double share = 1 / static_cast<double>(shape.taps);
        moments = {moments.mean * share,
                   share * (moments.variance + moments.mean * moments.mean * (1 - share))};
    }
    const auto stated = choice->moments(shape, choice.values);
    ASSERT_TRUE(stated);
    const double unit = 1e-9 * (std::abs(stated->mean) + std::sqrt(stated->variance));
    EXPECT_NEAR(moments.mean, stated->mean, unit);
    EXPECT_NEAR(moments.variance, stated->variance,
                1e-9 * (stated->variance + stated->mean * stated->mean));
}

/// The law that is written down and the weights that are drawn agree in their exact moments; where
/// a row states none, it has no law.
TEST(WeightLaw, HasTheMomentsOfTheRow)
{
    using enum WeightShape::Place;
    for (const auto& choice : initlens::testing::everyChoice<Initializer>()) {
        for (const WeightShape& asked :
             {WeightShape{40, 40}, WeightShape{24, 40}, WeightShape{40, 24}, WeightShape{20, 40, 2},
              WeightShape{20, 180, 1, 9}, WeightShape{20, 45, 1, 9}, WeightShape{20, 360, 2, 9},
              WeightShape{24, 24, 1, 1, FirstLayer, 5}, WeightShape{24, 24, 1, 1, LastLayer, 5},
              WeightShape{24, 24, 1, 1, OnlyLayer, 5}}) {
            const WeightShape shape = served(choice, asked);
            EXPECT_EQ(choice->law == nullptr, choice->calibration != nullptr);
            if (choice->law != nullptr && refusalOf(choice, shape).empty()) {
                expectStatedMoments(choice, shape);
            }
        }
    }
}

} // namespace
} // namespace initlens::initializers
