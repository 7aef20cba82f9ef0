#include "core/experiment/prediction.h"
#include "tests/support/specs.h"

#include <cmath>

namespace initlens::experiment {

namespace {

using testing::chosen;
using testing::readingOf;

RunSpec fitted(std::string_view activation)
{
    return testing::makeSpec({.activation = activation,
                              .initializer = "lsuv",
                              .input = "gaussian:std=3",
                              .depth = 12,
                              .width = 200,
                              .batch = 60});
}

class FittedWeights : public ::testing::TestWithParam<std::string_view> {};

TEST_P(FittedWeights, AreThoseThatTheoryTakesThemFor)
{
    auto spec = fitted(GetParam());
    spec.spectrumEvery = 6;
    const auto record = testing::runToEnd(spec, 2);
    ASSERT_TRUE(record->prediction->whyNot.empty()) << record->prediction->whyNot;
    for (const char* id :
         {"preactivation_second_moment", "activation_second_moment", "gradient_norm"}) {
        SCOPED_TRACE(id);
        const auto& found = readingOf<diagnostics::Profile>(*record, id);
        const auto& expected = record->prediction->profiles.at(id).values;
        for (std::size_t i = 0; i < found.layers.size(); ++i) {
            EXPECT_NEAR(found.values[i], expected[static_cast<std::size_t>(found.layers[i]) - 1],
                        0.07)
                << "layer " << found.layers[i];
        }
    }
    EXPECT_FALSE(record->prediction->spectra.layers.empty());
}

INSTANTIATE_TEST_SUITE_P(Activations, FittedWeights, ::testing::Values("relu", "tanh", "softsign"));

TEST(FittedWeightsOf, LayersThatAreLeftAloneHaveNoPrediction)
{
    EXPECT_NE(whyNoPrediction(fitted("linear")).find("within 0.1 of 1"), std::string::npos);
    EXPECT_NE(whyNoPrediction(fitted("gelu")).find("drift away"), std::string::npos);
    EXPECT_EQ(whyNoPrediction(fitted("relu")), "");
    auto spec = fitted("relu");
    spec.biasStd = 0.1;
    EXPECT_NE(whyNoPrediction(spec).find("biases"), std::string::npos);
    spec = fitted("relu");
    spec.architecture = chosen<network::Architecture>("residual");
    EXPECT_NE(whyNoPrediction(spec).find("plain dense stacks"), std::string::npos);
}

} // namespace

} // namespace initlens::experiment
