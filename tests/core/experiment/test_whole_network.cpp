#include "core/diagnostics/diagnostic.h"
#include "core/experiment/needs.h"
#include "core/experiment/prediction.h"
#include "tests/support/specs.h"

#include <cmath>
#include <numeric>

namespace initlens::experiment {

namespace {

using diagnostics::Curve;
using diagnostics::Field;
using testing::chosen;
using testing::makeSpec;
using testing::readingOf;

RunSpec along(std::string_view architecture, std::int64_t depth, double biasStd)
{
    auto spec = makeSpec({.activation = "relu",
                          .initializer = "he_normal",
                          .input = "line:reach=2",
                          .jacobian = "none",
                          .depth = depth,
                          .width = 200,
                          .inputSize = 1,
                          .batch = 256,
                          .biasStd = biasStd});
    spec.architecture = chosen<network::Architecture>(architecture);
    return spec;
}

TEST(PathReadings, CurveHasUnitMeanSquareAndItsCompanions)
{
    const auto record = testing::runToEnd(along("plain", 4, 0.3));
    const auto& curve = readingOf<Curve>(*record, "gradient_along_path");
    ASSERT_EQ(curve.positions.size(), 256U);
    EXPECT_EQ(curve.positions.front(), -2);
    EXPECT_EQ(curve.positions.back(), 2);
    EXPECT_NEAR(
        std::inner_product(curve.values.begin(), curve.values.end(), curve.values.begin(), 0.0),
        256, 1e-9);
    ASSERT_EQ(curve.companions.size(), 2U);
    EXPECT_EQ(curve.companions[0].values.size(), 256U);
}

TEST(PathReadings, OneLayerOfOneInputIsAStepFunction)
{
    // phi'(w t + b) of 200 units: the gradient changes only where a unit's gate turns.
    const auto record = testing::runToEnd(along("plain", 1, 0));
    const auto& curve = readingOf<Curve>(*record, "gradient_along_path");
    for (std::size_t i = 1; i < curve.values.size(); ++i) {
        if (i != 128) {
            EXPECT_NEAR(curve.values[i], curve.values[i - 1], 1e-12) << i;
        }
    }
    EXPECT_GT(std::abs(curve.values[128] - curve.values[127]), 1e-3);
}

TEST(PathReadings, CovarianceIsSymmetricAndItsDiagonalHasMeanOne)
{
    auto spec = along("plain", 6, 0.3);
    spec.trials = 3;
    const auto record = testing::runToEnd(spec);
    const auto& field = readingOf<Field>(*record, "gradient_covariance");
    const std::size_t count = field.positions.size();
    ASSERT_EQ(count, 256U);
    double trace = 0;
    for (std::size_t i = 0; i < count; ++i) {
        trace += field.values[i * count + i];
        for (std::size_t j = 0; j < i; ++j) {
            ASSERT_NEAR(field.values[i * count + j], field.values[j * count + i], 1e-12);
        }
    }
    EXPECT_NEAR(trace, static_cast<double>(count), 1e-9);
}

TEST(PathReadings, AutocorrelationIsTheMeanOverTrials)
{
    auto spec = along("plain", 8, 0.3);
    const auto first = testing::runToEnd(spec);
    spec.trials = 2;
    const auto both = testing::runToEnd(spec);
    const auto& one = readingOf<Curve>(*first, "gradient_autocorrelation");
    const auto& two = readingOf<Curve>(*both, "gradient_autocorrelation");
    EXPECT_TRUE(one.low.empty());
    ASSERT_EQ(two.low.size(), two.values.size());
    EXPECT_EQ(two.values[0], 1);
    for (std::size_t lag = 0; lag < two.values.size(); ++lag) {
        // The first trial is one of the two.
        const double other = 2 * two.values[lag] - one.values[lag];
        EXPECT_GE(std::max(other, one.values[lag]), two.high[lag]);
        EXPECT_LE(std::min(other, one.values[lag]), two.low[lag]);
    }
    EXPECT_EQ(readingOf<Curve>(*first, "gradient_along_path").values,
              readingOf<Curve>(*both, "gradient_along_path").values);
}

TEST(PathReadings, DeepPlainNetworksShatterAndResidualOnesDoLess)
{
    // Balduzzi et al. 2017, figure 1: brown after one layer, white after 24, between with skips.
    const auto lagOne = [](std::string_view architecture, std::int64_t depth) {
        auto spec = along(architecture, depth, 0);
        spec.width = 64;
        spec.trials = 4;
        const auto record = testing::runToEnd(spec, 2);
        return readingOf<Curve>(*record, "gradient_autocorrelation").values[1];
    };
    const double shallow = lagOne("plain:normalisation=batch", 2);
    const double plain = lagOne("plain:normalisation=batch", 24);
    const double residual = lagOne("residual:branch_scale=0.1,normalisation=batch", 50);
    EXPECT_GT(shallow, 0.9);
    EXPECT_LT(plain, 0.1);
    EXPECT_GT(residual, plain + 0.3);
}

TEST(PathReadings, LooksLinearGradientsAreTheSameEverywhere)
{
    auto spec = along("plain", 30, 0);
    spec.activation = chosen<activations::Activation>("crelu");
    spec.initializer = chosen<initializers::Initializer>("looks_linear");
    const auto record = testing::runToEnd(spec);
    const auto& curve = readingOf<Curve>(*record, "gradient_along_path");
    // The last layer's rectifier is not undone, so each side of 0 has a gradient of its own.
    for (std::size_t i = 1; i < curve.values.size(); ++i) {
        if (i != 128) {
            EXPECT_NEAR(curve.values[i], curve.values[i - 1], 1e-9) << i;
        }
    }
}

TEST(PathReadings, NeedAPath)
{
    auto spec = makeSpec({});
    EXPECT_EQ(unmetNeed(spec, diagnostics::Needs::PathGradients),
              "needs an input along a path, not gaussian");
    EXPECT_EQ(findReading(*testing::runToEnd(spec), "gradient_along_path"), nullptr);
    spec.input = chosen<data::Input>("line");
    spec.batch = 1;
    EXPECT_EQ(unmetNeed(spec, diagnostics::Needs::PathGradients), "needs a batch of at least 2");
    EXPECT_EQ(findReading(*testing::runToEnd(spec), "gradient_along_path"), nullptr);
}

struct ModeCase {
    std::string_view architecture;
    std::string_view activation;
    std::string_view initializer;
    std::string_view input = "gaussian";
    std::string_view id = "variance_modes";

    friend void PrintTo(const ModeCase& c, std::ostream* out)
    {
        *out << c.architecture << ", " << c.activation << ", " << c.initializer;
    }
};

class SpatialModeFactors : public ::testing::TestWithParam<ModeCase> {};

TEST_P(SpatialModeFactors, AreThoseOfTheory)
{
    const ModeCase& c = GetParam();
    auto spec = makeSpec({.activation = c.activation,
                          .initializer = c.initializer,
                          .input = c.input,
                          .precision = "float32",
                          .jacobian = "none",
                          .depth = 24,
                          .width = 48,
                          .batch = 16});
    spec.architecture = chosen<network::Architecture>(c.architecture);
    spec.trials = 8;
    const auto record = testing::runToEnd(spec, 2);
    const auto& curve = readingOf<Curve>(*record, c.id);
    const auto& predicted = record->prediction->curves.at(std::string(c.id));
    ASSERT_EQ(curve.values.size(), predicted.size());
    ASSERT_FALSE(predicted.empty());
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        EXPECT_NEAR(curve.values[i], predicted[i], 0.08) << curve.positions[i];
    }
}

INSTANTIATE_TEST_SUITE_P(
    Networks, SpatialModeFactors,
    ::testing::Values(ModeCase{"conv:size=8,kernel=3", "relu", "he_normal"},
                      ModeCase{"conv:size=8,kernel=3", "relu",
                               "delta_orthogonal:gain=1.4142135623730951"},
                      ModeCase{"conv:size=6,kernel=3", "linear", "conv_orthogonal"},
                      ModeCase{"conv:size=5,kernel=5", "relu", "he_normal"},
                      ModeCase{"conv:size=8,kernel=2", "linear", "lecun_normal"},
                      ModeCase{"conv:size=8,kernel=3", "tanh", "scaled_gaussian:sigma_w=1.3",
                               "correlated_pair:correlation=0.3", "correlation_modes"},
                      ModeCase{"conv:size=8,kernel=3", "tanh", "scaled_gaussian:sigma_w=1.3"}));

TEST(SpatialModes, NeedImagesWithoutAnEdge)
{
    auto spec = makeSpec({});
    EXPECT_EQ(unmetNeed(spec, diagnostics::Needs::SpatialModes),
              "needs images of more than one pixel, which plain has not");
    spec.architecture = chosen<network::Architecture>("conv:size=4,kernel=3,padding=zero");
    EXPECT_EQ(unmetNeed(spec, diagnostics::Needs::SpatialModes),
              "needs circular padding: with an edge waves are no modes");
    spec.architecture = chosen<network::Architecture>("conv:size=4,kernel=3");
    EXPECT_EQ(unmetNeed(spec, diagnostics::Needs::SpatialModes), "");
    EXPECT_EQ(unmetNeed(spec, diagnostics::Needs::PairModes),
              "needs an input of pairs, not gaussian");
}

} // namespace

} // namespace initlens::experiment
