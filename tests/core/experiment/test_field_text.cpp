#include "core/experiment/field_text.h"

#include <gtest/gtest.h>

namespace initlens::experiment {

namespace {

std::string refusalOf(const std::vector<FieldText>& changes)
{
    RunSpec spec;
    const auto status = setFields(spec, changes);
    EXPECT_FALSE(status);
    return status ? std::string() : status.error().message();
}

void expectContains(const std::string& text, std::string_view part)
{
    EXPECT_NE(text.find(part), std::string::npos) << part << " is not in: " << text;
}

} // namespace

TEST(FieldText, SetsFieldsOfEveryType)
{
    RunSpec spec;
    const std::vector<FieldText> changes = {{"depth", "30"},
                                            {"bias_std", "0.25"},
                                            {"activation", "leaky_relu:slope=0.3"},
                                            {"spectrum", "naive_float32"}};
    ASSERT_TRUE(setFields(spec, changes));
    EXPECT_EQ(spec.depth, 30);
    EXPECT_EQ(spec.biasStd, 0.25);
    EXPECT_EQ(spec.activation.id(), "leaky_relu");
    EXPECT_EQ(spec.activation.values, std::vector<double>{0.3});
    EXPECT_EQ(spec.spectrum.id(), "naive_float32");
}

TEST(FieldText, NamesWhatIsWrong)
{
    expectContains(refusalOf({{"dept", "30"}}), "did you mean depth?");
    expectContains(refusalOf({{"depth", "0"}}), "depth must be a whole number from 1 to 100000");
    expectContains(refusalOf({{"depth", "2.5"}}), "not '2.5'");
    expectContains(refusalOf({{"bias_std", "nan"}}), "bias_std must be a number from 0");
    expectContains(refusalOf({{"activation", "tahn"}}), "did you mean tanh?");
    RunSpec spec;
    const auto status = setField(spec, "depth", "many", "--depth");
    ASSERT_FALSE(status);
    expectContains(status.error().message(), "--depth must be");
    EXPECT_EQ(spec, RunSpec());
}

TEST(FieldText, AShallowerNetworkKeepsNoLayerThatItHasNot)
{
    RunSpec spec;
    spec.histogramLayer = 32;
    ASSERT_TRUE(setFields(spec, std::vector<FieldText>{{"depth", "40"}}));
    EXPECT_EQ(spec.histogramLayer, 32);
    ASSERT_TRUE(setFields(spec, std::vector<FieldText>{{"depth", "20"}}));
    EXPECT_EQ(spec.histogramLayer, 0);
    // What is asked for by name is an error where it cannot be.
    ASSERT_TRUE(setFields(spec, std::vector<FieldText>{{"histogram_layer", "30"}}));
    EXPECT_FALSE(validate(spec).empty());
}

} // namespace initlens::experiment
