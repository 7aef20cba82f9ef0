#include "core/experiment/event_log.h"
#include "tests/support/specs.h"

namespace initlens::experiment {

namespace {

using testing::makeSpec;
using Events = std::vector<std::string>;

TEST(Events, OverflowIsAResultWithItsLayer)
{
    const auto record = testing::runToEnd(makeSpec({.activation = "linear",
                                                    .initializer = "scaled_gaussian:sigma_w=1000",
                                                    .precision = "float32",
                                                    .depth = 30,
                                                    .width = 30}));
    ASSERT_FALSE(record->events.empty());
    EXPECT_EQ(record->outcome, Outcome::Finished);
    // Every layer multiplies by a thousand: 3e38 is passed after 12 or 13 layers.
    EXPECT_TRUE(record->events.front() == "overflow at layer 12" ||
                record->events.front() == "overflow at layer 13")
        << record->events.front();
}

TEST(Events, ZeroWeightsEndEverything)
{
    const auto record = testing::runToEnd(makeSpec({.initializer = "zeros", .depth = 4}));
    EXPECT_EQ(record->events, (Events{"all activations are exactly zero from layer 1 on",
                                      "the gradient is exactly zero from layer 3 down"}));
    const auto& spectrum =
        testing::readingOf<diagnostics::Spectrum>(*record, "jacobian_singular_values");
    EXPECT_EQ(spectrum.spectra.back()->exactZeros, 20);
    EXPECT_TRUE(spectrum.spectra.back()->log10Values.empty());
}

TEST(Events, UnderflowIsSaid)
{
    const auto record = testing::runToEnd(makeSpec({.activation = "linear",
                                                    .initializer = "scaled_gaussian:sigma_w=0.001",
                                                    .precision = "float32",
                                                    .depth = 13,
                                                    .width = 30}));
    ASSERT_FALSE(record->events.empty());
    EXPECT_EQ(record->events.front().rfind("activations lose precision from layer 13", 0), 0U)
        << record->events.front();
}

TEST(Events, TrialsAreCounted)
{
    auto spec = makeSpec({.initializer = "zeros", .depth = 2});
    spec.trials = 3;
    const auto record = testing::runToEnd(spec);
    EXPECT_EQ(record->events.front(),
              "all activations are exactly zero from layer 1 on (3 of 3 trials)");
}

TEST(Events, AHealthyNetworkHasNone)
{
    EXPECT_TRUE(testing::runToEnd(makeSpec({}))->events.empty());
}

} // namespace

} // namespace initlens::experiment
