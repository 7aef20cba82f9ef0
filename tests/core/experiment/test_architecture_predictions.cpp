#include "core/experiment/prediction.h"
#include "tests/support/specs.h"

#include <cmath>

namespace initlens::experiment {

namespace {

using testing::chosen;
using testing::readingOf;

struct Case {
    std::string_view architecture;
    std::string_view activation;
    std::string_view initializer;
    std::int64_t depth = 10;
    std::int64_t width = 300;
    std::int64_t batch = 100;

    friend void PrintTo(const Case& c, std::ostream* out)
    {
        *out << c.architecture << ", " << c.activation;
    }
};

class ArchitecturePredictions : public ::testing::TestWithParam<Case> {
protected:
    ArchitecturePredictions()
    {
        const Case& c = GetParam();
        spec = testing::makeSpec({.activation = c.activation,
                                  .initializer = c.initializer,
                                  .input = "correlated_pair:correlation=0",
                                  .precision = "float32",
                                  .jacobian = "none",
                                  .depth = c.depth,
                                  .width = c.width,
                                  .batch = c.batch});
        spec.architecture = chosen<network::Architecture>(c.architecture);
        spec.trials = 4;
        record = testing::runToEnd(spec, 2);
        prediction = predictProfiles(spec, Execution());
    }

    [[nodiscard]] std::vector<double> measured(std::string_view id) const
    {
        return readingOf<diagnostics::Profile>(*record, id).values;
    }
    [[nodiscard]] std::vector<double> predicted(std::string_view id) const
    {
        const auto found = prediction->profiles.find(id);
        return found == prediction->profiles.end() ? std::vector<double>() : found->second.values;
    }

    RunSpec spec;
    RecordPointer record;
    PredictionPointer prediction;
};

TEST_P(ArchitecturePredictions, SizesAndGradientsFollowThem)
{
    ASSERT_TRUE(prediction->whyNot.empty()) << prediction->whyNot;
    // Decades: networks of this width scatter by some per cent a layer.
    constexpr double tolerance = 0.06;
    for (const char* id : {"preactivation_second_moment", "activation_second_moment",
                           "gradient_norm", "weight_gradient_norm"}) {
        SCOPED_TRACE(id);
        const auto found = measured(id);
        const auto expected = predicted(id);
        ASSERT_EQ(found.size(), expected.size());
        for (std::size_t l = 0; l < found.size(); ++l) {
            EXPECT_NEAR(found[l], expected[l], tolerance) << "layer " << l + 1;
        }
    }
}

TEST_P(ArchitecturePredictions, CorrelationsFollowThem)
{
    for (const char* id : {"input_correlation", "gradient_correlation"}) {
        SCOPED_TRACE(id);
        const auto found = measured(id);
        const auto expected = predicted(id);
        ASSERT_EQ(found.size(), expected.size());
        for (std::size_t l = 0; l < found.size(); ++l) {
            // A cosine of independent vectors of this many units is not quite 0.
            constexpr double chance = 0.02;
            EXPECT_NEAR(found[l], expected[l], 0.15 * std::abs(expected[l]) + chance)
                << "layer " << l + 1;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, ArchitecturePredictions,
    ::testing::Values(Case{"plain", "relu", "he_normal", 8}, Case{"residual", "relu", "he_normal"},
                      Case{"residual:branch_scale=0.3,skip_scale=0.9", "tanh", "glorot_normal", 20},
                      Case{"preactivation_residual:branch_scale=0.5", "gelu", "he_normal", 11},
                      Case{"plain:normalisation=batch", "relu", "he_normal", 8},
                      Case{"plain:normalisation=layer", "tanh", "scaled_gaussian:sigma_w=1.5", 8},
                      Case{"residual:normalisation=batch,branch_scale=0.5", "relu", "he_normal"},
                      Case{"preactivation_residual:normalisation=layer", "relu", "he_normal", 9},
                      Case{"conv:size=8,kernel=3", "tanh", "scaled_gaussian:sigma_w=1.3", 8, 64, 8},
                      Case{"conv:size=8,kernel=3,padding=zero", "tanh", "delta_orthogonal:gain=1.3",
                           8, 64, 8}));

TEST(ArchitecturePredictions, NormalisedGradientsShatterAsTheorySays)
{
    // 2^-depth in the limit of large batches (Balduzzi et al. 2017), less with these.
    constexpr std::int64_t trials = 16;
    for (const std::int64_t batch : {50, 200}) {
        for (const std::int64_t depth : {2, 5, 8}) {
            auto spec = testing::makeSpec({.activation = "relu",
                                           .initializer = "he_normal",
                                           .input = "correlated_pair:correlation=0",
                                           .precision = "float32",
                                           .jacobian = "none",
                                           .depth = depth,
                                           .width = 200,
                                           .batch = batch});
            spec.architecture = chosen<network::Architecture>("plain:normalisation=batch");
            spec.trials = trials;
            const auto record = testing::runToEnd(spec, 2);
            const auto& found = readingOf<diagnostics::Profile>(*record, "gradient_correlation");
            const double expected =
                predictProfiles(spec, Execution())->profiles.at("gradient_correlation").values[0];
            const double chance =
                (found.high[0] - found.low[0]) / 2 / std::sqrt(static_cast<double>(trials));
            EXPECT_NEAR(found.values[0], expected, 0.05 * std::abs(expected) + 4 * chance)
                << "batch " << batch << ", depth " << depth;
            EXPECT_LT(chance, 0.006);
        }
    }
}

TEST(ArchitecturePredictions, WithoutOneThereIsAReason)
{
    auto spec = testing::makeSpec({});
    spec.architecture = chosen<network::Architecture>("conv:size=4,kernel=3,padding=zero");
    spec.width = 4;
    EXPECT_NE(predictProfiles(spec, Execution())->whyNot.find("zero padding"), std::string::npos);
    spec.architecture = chosen<network::Architecture>("residual");
    const auto residual = predictProfiles(spec, Execution());
    EXPECT_TRUE(residual->whyNot.empty());
    EXPECT_NE(residual->spectra.whyNot.find("skip connections"), std::string::npos);
    EXPECT_FALSE(residual->verdict.reasons.empty());
    spec.architecture = chosen<network::Architecture>("plain:normalisation=batch");
    EXPECT_TRUE(predictProfiles(spec, Execution())->whyNot.empty());
    spec.input = chosen<data::Input>("line");
    EXPECT_NE(predictProfiles(spec, Execution())->whyNot.find("points of a line"),
              std::string::npos);
}

} // namespace

} // namespace initlens::experiment
