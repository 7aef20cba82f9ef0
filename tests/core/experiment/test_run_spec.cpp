#include "tests/support/specs.h"

#include <cmath>

namespace initlens::experiment {

namespace {

using testing::makeSpec;

TEST(RunSpec, DefaultsAreValidAndEqual)
{
    EXPECT_TRUE(validate(RunSpec()).empty()) << validate(RunSpec()).message();
    EXPECT_EQ(RunSpec(), RunSpec());
}

TEST(RunSpec, EveryNumberHasItsRange)
{
    // Each numeric field, pushed over either end, is named in the message.
    fields(static_cast<const RunSpec&>(RunSpec()), [](const FieldInfo& info, const auto& member) {
        using Member = std::decay_t<decltype(member)>;
        if constexpr (std::is_arithmetic_v<Member>) {
            for (const double value : {info.min - 1, info.max + 1}) {
                RunSpec spec;
                fields(spec, [&](const FieldInfo& other, auto& target) {
                    if constexpr (std::is_same_v<std::decay_t<decltype(target)>, Member>) {
                        if (other.key == info.key) {
                            target = static_cast<Member>(value);
                        }
                    }
                });
                const std::string message = validate(spec).message();
                EXPECT_NE(message.find(info.key), std::string::npos) << info.key << ": " << message;
            }
        }
    });
}

TEST(RunSpec, NotANumberIsRefused)
{
    RunSpec spec;
    spec.biasStd = std::nan("");
    EXPECT_NE(validate(spec).message().find("bias_std"), std::string::npos);
    spec = makeSpec({.activation = "leaky_relu"});
    spec.activation.values[0] = std::nan("");
    EXPECT_NE(validate(spec).message().find("leaky_relu"), std::string::npos);
}

TEST(RunSpec, ChoicesThatDoNotGoTogether)
{
    EXPECT_NE(validate(makeSpec({.activation = "relu", .initializer = "looks_linear"}))
                  .message()
                  .find("crelu"),
              std::string::npos);
    EXPECT_NE(validate(makeSpec({.input = "correlated_pair", .batch = 5})).message().find("even"),
              std::string::npos);
    EXPECT_NE(validate(makeSpec({.input = "digits", .inputSize = 65})).message().find("64"),
              std::string::npos);
    EXPECT_FALSE(validate(makeSpec({.initializer = "torch_linear", .biasStd = 1})).empty());
    auto spec = makeSpec({.depth = 3});
    spec.histogramLayer = 4;
    EXPECT_NE(validate(spec).message().find("histogram_layer"), std::string::npos);
}

TEST(RunSpec, AllProblemsAreListed)
{
    RunSpec spec;
    spec.depth = 0;
    spec.width = -3;
    EXPECT_EQ(validate(spec).problems.size(), 2U);
}

TEST(RunSpec, InputSizeFollowsTheData)
{
    EXPECT_EQ(effectiveInputSize(makeSpec({.width = 33})), 33);
    EXPECT_EQ(effectiveInputSize(makeSpec({.width = 33, .inputSize = 5})), 5);
    EXPECT_EQ(effectiveInputSize(makeSpec({.input = "digits", .width = 33})), 64);
}

} // namespace

} // namespace initlens::experiment
