#include "core/experiment/draw.h"
#include "core/propagation/backward.h"
#include "core/propagation/forward.h"
#include "tests/core/propagation/naive_network.h"
#include "tests/support/specs.h"

#include <cmath>

namespace initlens::propagation {

namespace {

using testing::makeSpec;
using testing::SpecOptions;

/// Everything that one run of the passes gives.
template <class T>
struct Measured {
    std::vector<LayerStatistics> layers;
    Matrix<T> input;
    Matrix<T> cotangent;
};

template <class T>
Measured<T> measure(const experiment::RunSpec& spec, bool keep = true)
{
    const Execution execution;
    NetworkSource<T> source(
        {spec, experiment::effectiveInputSize(spec), static_cast<std::uint64_t>(spec.seed), 0},
        keep);
    Measured<T> measured;
    measured.input = experiment::drawInput<T>(spec, 0, execution);
    measured.cotangent = experiment::drawCotangent<T>(spec, 0, execution);
    ForwardPass<T> forward(source, measured.input, Keep::ForBackward, spec.input->pairs);
    for (Index layer = 1; layer <= spec.depth; ++layer) {
        source.prepare(layer, layer, execution);
        measured.layers.push_back(forward.step(layer, execution));
    }
    BackwardPass<T> backward(source, forward, measured.cotangent, Execution{});
    for (Index layer = spec.depth; layer >= 1; --layer) {
        source.prepare(layer, layer, execution);
        backward.step(layer, measured.layers[static_cast<std::size_t>(layer - 1)], execution);
    }
    return measured;
}

double meanSquare(const Matrix<double>& m)
{
    return m.squaredNorm() / static_cast<double>(m.size());
}

template <class T>
void expectTextbook(const experiment::RunSpec& spec, double tolerance)
{
    const auto measured = measure<T>(spec);
    auto naive = testing::naiveNetwork<T>(spec, measured.input);
    naive.sendBack(measured.cotangent.template cast<double>());
    const auto batch = static_cast<double>(spec.batch);
    for (std::size_t l = 0; l < measured.layers.size(); ++l) {
        SCOPED_TRACE(l + 1);
        const auto& s = measured.layers[l];
        const auto& h = naive.preactivations[l];
        const auto& x = naive.activations[l + 1];
        EXPECT_NEAR(s.log10PreactivationMeanSquare, std::log10(meanSquare(h)), tolerance);
        EXPECT_NEAR(s.log10ActivationMeanSquare, std::log10(meanSquare(x)), tolerance);
        EXPECT_NEAR(s.activationMean, x.mean(), tolerance * std::sqrt(meanSquare(x)));
        const double variance = (x.array() - x.mean()).square().mean();
        if (variance > 0) {
            EXPECT_NEAR(s.log10ActivationVariance, std::log10(variance), tolerance);
        } else {
            EXPECT_EQ(s.log10ActivationVariance, std::log10(variance));
        }
        EXPECT_NEAR(s.log10GradientNorm, std::log10(naive.deltas[l].norm() / std::sqrt(batch)),
                    tolerance);
        const Matrix<double> gradient = naive.deltas[l] * naive.activations[l].transpose() / batch;
        EXPECT_NEAR(s.log10WeightGradientNorm, std::log10(gradient.norm()), tolerance);
        const double largest = activations::largestSlope(spec.activation);
        double dead = 0;
        double saturated = 0;
        for (Index unit = 0; unit < h.rows(); ++unit) {
            bool alive = false;
            for (Index c = 0; c < h.cols(); ++c) {
                double slope = 0;
                for (Index row = unit; row < x.rows(); row += h.rows()) {
                    slope = std::max(slope, std::abs(naive.slopes[l](row, c)));
                }
                alive = alive || slope != 0;
                saturated += slope < 0.05 * largest ? 1 : 0;
            }
            dead += alive ? 0 : 1;
        }
        EXPECT_NEAR(s.deadFraction, dead / static_cast<double>(h.rows()), 1e-12);
        EXPECT_NEAR(s.saturatedFraction, saturated / static_cast<double>(h.size()),
                    tolerance < 1e-6 ? 1e-12 : 1e-2);
    }
}

/// Shapes that meet every edge of the tiling.
class Shapes : public ::testing::TestWithParam<SpecOptions> {};

TEST_P(Shapes, DoubleAgreesWithTheTextbook)
{
    expectTextbook<double>(makeSpec(GetParam()), 1e-11);
}

TEST_P(Shapes, FloatAgreesWithTheTextbook)
{
    auto options = GetParam();
    options.precision = "float32";
    expectTextbook<float>(makeSpec(options), 2e-4);
}

INSTANTIATE_TEST_SUITE_P(
    All, Shapes,
    ::testing::Values(
        SpecOptions{}, SpecOptions{.depth = 1, .width = 1, .batch = 1},
        SpecOptions{.depth = 3, .width = 2, .inputSize = 5, .batch = 3},
        SpecOptions{.depth = 3, .width = 65, .inputSize = 1, .batch = 130},
        SpecOptions{.activation = "relu", .initializer = "he_normal", .width = 300, .batch = 7},
        SpecOptions{.depth = 2, .width = 530, .inputSize = 17, .batch = 1030, .biasStd = 0.3},
        SpecOptions{.activation = "crelu", .initializer = "he_uniform", .width = 90, .batch = 9},
        SpecOptions{.activation = "crelu", .initializer = "looks_linear", .width = 33, .batch = 90},
        SpecOptions{.activation = "selu", .initializer = "torch_linear", .width = 40, .batch = 200},
        SpecOptions{.initializer = "scaled_gaussian:sigma_w=3", .width = 48, .batch = 33}));

TEST(Passes, GradientIsTheDerivative)
{
    // Central differences of <v, x^L> in a random direction of the input.
    const auto spec = makeSpec({.activation = "gelu", .depth = 5, .width = 24, .batch = 3});
    const auto measured = measure<double>(spec);
    auto naive = testing::naiveNetwork<double>(spec, measured.input);
    naive.sendBack(measured.cotangent);
    const Matrix<double> direction = Matrix<double>::Random(24, 3);
    constexpr double step = 1e-5;
    const Matrix<double> difference = (naive.output(measured.input + step * direction) -
                                       naive.output(measured.input - step * direction)) /
                                      (2 * step);
    const double forward = measured.cotangent.cwiseProduct(difference).sum();
    const double backward =
        (naive.weights[0].transpose() * naive.deltas[0]).cwiseProduct(direction).sum();
    EXPECT_NEAR(forward, backward, 1e-8 * std::abs(backward));
}

TEST(Passes, NothingUnderflowsInADeepNetwork)
{
    // Orthogonal layers of gain 1/2 halve every norm exactly: 1000 layers lose 301 decades.
    auto spec = makeSpec({.activation = "linear",
                          .initializer = "orthogonal:gain=0.5",
                          .depth = 1000,
                          .width = 16,
                          .batch = 4});
    const auto measured = measure<double>(spec);
    const auto& first = measured.layers.front();
    const auto& last = measured.layers.back();
    EXPECT_NEAR(first.log10GradientNorm - last.log10GradientNorm, -999 * std::log10(2.0), 1e-6);
    EXPECT_NEAR(last.log10ActivationMeanSquare - first.log10ActivationMeanSquare,
                -2 * 999 * std::log10(2.0), 1e-6);
    EXPECT_NEAR(last.log10WeightGradientNorm, first.log10WeightGradientNorm, 1e-6);
}

TEST(Passes, GradientsKeepTheirNormWhereSquaresLeaveTheRange)
{
    // One layer takes 25 decades: squares of single precision do not reach so far.
    const auto gradient = [](std::string_view precision, std::string_view initializer) {
        const auto spec = makeSpec({.activation = "linear",
                                    .initializer = initializer,
                                    .precision = precision,
                                    .depth = 2,
                                    .width = 64,
                                    .batch = 4});
        const auto layers =
            precision == "float64" ? measure<double>(spec).layers : measure<float>(spec).layers;
        return std::array{layers[0].log10GradientNorm - layers[1].log10GradientNorm,
                          layers[0].log10WeightGradientNorm};
    };
    for (const std::string_view precision : {"float32", "float64"}) {
        const auto [ratio, weights] = gradient(precision, "normal:std=1e-25");
        EXPECT_NEAR(ratio, -25 + std::log10(8.0), 0.3);
        EXPECT_NEAR(weights, -25 + 1.3, 1);
    }
    auto tiny = makeSpec({.activation = "linear",
                          .initializer = "normal:std=1e-30",
                          .precision = "float32",
                          .depth = 3,
                          .width = 32,
                          .batch = 4});
    const auto layers = measure<float>(tiny).layers;
    EXPECT_NEAR(layers[0].log10GradientNorm - layers[2].log10GradientNorm,
                2 * (-30 + std::log10(32.0) / 2), 0.4);
    // Saturated units have slopes down to 1e-250, whose squares are no doubles.
    auto saturated = makeSpec(
        {.initializer = "scaled_gaussian:sigma_w=150", .depth = 6, .width = 2, .batch = 1});
    for (saturated.seed = 1; saturated.seed <= 8; ++saturated.seed) {
        for (const auto& layer : measure<double>(saturated).layers) {
            EXPECT_TRUE(std::isfinite(layer.log10GradientNorm)) << saturated.seed;
            EXPECT_TRUE(std::isfinite(layer.log10WeightGradientNorm)) << saturated.seed;
        }
    }
}

TEST(Passes, PairsKeepTheirCosineThroughOrthogonalLayers)
{
    const auto spec = makeSpec({.activation = "linear",
                                .initializer = "orthogonal",
                                .input = "correlated_pair:correlation=0.37",
                                .depth = 12,
                                .width = 31,
                                .batch = 10});
    for (const auto& layer : measure<double>(spec).layers) {
        EXPECT_NEAR(layer.pairCosine, 0.37, 1e-12);
    }
    EXPECT_TRUE(std::isnan(measure<double>(makeSpec({})).layers.front().pairCosine));
}

TEST(Passes, DataDependentLayersHaveUnitVariance)
{
    const auto spec = makeSpec({.activation = "relu",
                                .initializer = "lsuv:tolerance=0.001",
                                .depth = 6,
                                .width = 80,
                                .batch = 50});
    const auto measured = measure<double>(spec);
    const auto again = measure<double>(spec, false);
    for (std::size_t l = 0; l < measured.layers.size(); ++l) {
        // Variance of h: its mean is small against it, but not zero.
        EXPECT_NEAR(measured.layers[l].log10PreactivationMeanSquare, 0, 0.05);
        EXPECT_EQ(measured.layers[l].log10GradientNorm, again.layers[l].log10GradientNorm);
    }
}

TEST(Passes, KeepingTwoLayersGivesTheSameStatistics)
{
    const auto spec = makeSpec({.depth = 5, .width = 40});
    const Execution execution;
    const auto all = measure<double>(spec);
    NetworkSource<double> source({spec, 40, static_cast<std::uint64_t>(spec.seed), 0}, false);
    ForwardPass<double> forward(source, all.input, Keep::LastTwo, false);
    for (Index layer = 1; layer <= spec.depth; ++layer) {
        source.prepare(layer, layer, execution);
        EXPECT_EQ(forward.step(layer, execution).log10PreactivationMeanSquare,
                  all.layers[static_cast<std::size_t>(layer - 1)].log10PreactivationMeanSquare);
    }
}

} // namespace

} // namespace initlens::propagation
