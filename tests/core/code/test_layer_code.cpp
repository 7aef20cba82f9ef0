#include "core/code/layer_code.h"
#include "tests/support/choices.h"

#include <gtest/gtest.h>

namespace initlens::code {
namespace {

/// A spec in which the choice can be drawn.
experiment::RunSpec specOf(const initializers::InitializerChoice& choice)
{
    experiment::RunSpec spec;
    spec.initializer = choice;
    spec.width = 256;
    if (choice->needsConcatenatedRectifier) {
        spec.activation =
            *parseChoice(activations::Activation::table(), activations::Activation::kind, "crelu");
    }
    if (choice->refusal != nullptr &&
        !choice->refusal(network::weightShape(spec, 256, 2), choice.values).empty()) {
        spec.architecture = *parseChoice(network::Architecture::table(),
                                         network::Architecture::kind, "preactivation_residual");
    }
    return spec;
}

TEST(Frameworks, SayWhatTheyAre)
{
    initlens::testing::expectSoundTable<Framework>();
}

TEST(LayerCode, EveryInitializerHasItInEveryFrameworkOrSaysWhyNot)
{
    for (const auto* row : initializers::Initializer::table()) {
        for (const auto* framework : Framework::table()) {
            SCOPED_TRACE(std::string(row->head.id) + " " + std::string(framework->head.id));
            const auto text =
                layerCode(specOf(initializers::InitializerChoice(*row)), {.framework = framework});
            EXPECT_EQ(text.ok(), row->law != nullptr);
            if (text) {
                EXPECT_NE(text->find("def " + std::string(row->head.id) + "("), std::string::npos);
                EXPECT_TRUE(text->ends_with('\n'));
                EXPECT_EQ(text->find("nan"), std::string::npos);
            } else {
                EXPECT_NE(text.error().message().find("depend on the data"), std::string::npos);
            }
        }
    }
}

TEST(LayerCode, NamesEverythingThatIsWrong)
{
    experiment::RunSpec spec;
    spec.depth = 5;
    LayerRequest request{.framework = Framework::table().front()};
    request.layer = 6;
    EXPECT_EQ(layerCode(spec, request).error().message(),
              "the layer must be from 1 to the depth 5, not 6");
    request.layer = 0;
    request.fanIn = 0;
    request.fanOut = largestFan + 1;
    EXPECT_EQ(layerCode(spec, request).error().problems.size(), 2U);
    request.fanIn = 5;
    request.fanOut = 7;
    EXPECT_TRUE(layerCode(spec, request).ok());
    spec.width = 0;
    EXPECT_FALSE(layerCode(spec, {.framework = Framework::table().front()}).ok());
}

} // namespace
} // namespace initlens::code
