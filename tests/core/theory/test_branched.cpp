#include "core/theory/branched_prediction.h"
#include "tests/core/theory/golden.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace initlens::theory {
namespace {

using network::Normalisation;
using network::Skip;

/// Weights at which ReLU keeps its length, and inputs of variance 1.
NetworkLaw reluLaw(std::int64_t depth, const network::Structure& structure = {})
{
    NetworkLaw law;
    law.phi = testing::functionNamed("relu");
    law.first = {.sigmaW2 = 2, .sigmaB2 = 0};
    law.hidden = {.sigmaW2 = 2, .sigmaB2 = 0};
    law.structure = structure;
    law.depth = depth;
    law.width = 300;
    law.inputSize = 300;
    law.firstFanIn = 300;
    law.fanIn = 300;
    return law;
}

InputLaw pairsOf(double correlation, std::int64_t batch = 200)
{
    return {.meanSquares = {1}, .pairCorrelation = correlation, .batch = batch};
}

TEST(GradientCorrelation, OfReluNetworksIsThatOfTheGoldenFile)
{
    for (const auto& row :
         testing::golden().at("shattered_gradients").at("relu_mean_field_no_bias_no_bn")) {
        const auto layers = predictLayers(reluLaw(row.at("L").get<std::int64_t>()),
                                          pairsOf(row.at("c0").get<double>()), Execution());
        const double expected = row.at("grad_corr").get<double>();
        // Layers that are nearly alike are interpolated.
        EXPECT_NEAR(layers.front().pairGradientCosine, expected, 2e-4 * expected) << row;
    }
}

TEST(Branched, WithoutBranchesItIsThePlainPrediction)
{
    auto law = reluLaw(12);
    law.phi = testing::functionNamed("tanh");
    const InputLaw input = pairsOf(0.4);
    const auto plain = predictLayers(law, input, Execution());
    // A skip of 0 and a branch of 1 add nothing.
    law.structure.skip = {.kind = Skip::Kind::AroundActivation, .skip = 0, .branch = 1};
    const auto branched = predictLayers(law, input, Execution());
    for (std::size_t l = 0; l < plain.size(); ++l) {
        SCOPED_TRACE(l + 1);
        EXPECT_NEAR(branched[l].log10PreactivationMeanSquare, plain[l].log10PreactivationMeanSquare,
                    1e-10);
        EXPECT_NEAR(branched[l].log10ActivationMeanSquare, plain[l].log10ActivationMeanSquare,
                    1e-10);
        EXPECT_NEAR(branched[l].pairCosine, plain[l].pairCosine, 1e-8);
        EXPECT_NEAR(branched[l].log10GradientNorm, plain[l].log10GradientNorm, 1e-10);
        EXPECT_NEAR(branched[l].log10WeightGradientNorm, plain[l].log10WeightGradientNorm, 1e-10);
        EXPECT_NEAR(branched[l].pairGradientCosine, plain[l].pairGradientCosine, 1e-4);
    }
}

TEST(Branched, ResidualReluGrowsAsItsClosedForm)
{
    // x' = x + phi(W x): E[x^2] with m = E[x] over the layers, and squared gradients times
    // 1 + sigma_w^2 / 2 (Yang and Schoenholz 2017).
    const auto law = reluLaw(20, {.skip = {.kind = Skip::Kind::AroundActivation}});
    const auto layers = predictLayers(law, {.meanSquares = {1}}, Execution());
    double square = 1;
    double mean = 0;
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const double q = 2 * square;
        const double rectified = std::sqrt(q / (2 * std::numbers::pi));
        square += q / 2 + 2 * mean * rectified;
        mean += rectified;
        EXPECT_NEAR(layers[l].log10PreactivationMeanSquare, std::log10(q), 1e-12);
        EXPECT_NEAR(layers[l].log10ActivationMeanSquare, std::log10(square), 1e-12);
        EXPECT_NEAR(layers[l].activationMean, mean, 1e-12 * mean);
        const double back = static_cast<double>(layers.size() - 1 - l);
        EXPECT_NEAR(2 * layers[l].log10GradientNorm, std::log10(0.5) + back * std::log10(2.0),
                    1e-12);
    }
}

TEST(Branched, TwoLayerBlocksAddUp)
{
    // h'' = s h + b W phi(W phi(h)) with ReLU at sigma_w^2 = 2: q'' = (s^2 + b^2) q, and squared
    // gradients alike.
    constexpr double skip = 0.8;
    constexpr double branch = 0.5;
    const auto law =
        reluLaw(9, {.skip = {.kind = Skip::Kind::AroundTwoLayers, .skip = skip, .branch = branch}});
    const auto layers = predictLayers(law, {.meanSquares = {1}}, Execution());
    const double factor = skip * skip + branch * branch;
    for (std::size_t l = 2; l < layers.size(); l += 2) {
        EXPECT_NEAR(layers[l].log10PreactivationMeanSquare -
                        layers[l - 2].log10PreactivationMeanSquare,
                    std::log10(factor), 1e-12);
        EXPECT_NEAR(2 * (layers[l - 2].log10GradientNorm - layers[l].log10GradientNorm),
                    std::log10(factor), 1e-12);
    }
}

TEST(Branched, BatchNormalisationMakesGradientsGrowAndShatter)
{
    const auto law = reluLaw(8, {.normalisation = Normalisation::Batch});
    const auto layers = predictLayers(law, pairsOf(0, 100'000), Execution());
    const double factor =
        testing::golden().at("shattered_gradients").at("bn_relu_gradient_explosion_factor");
    // The first layer has inputs of another variance.
    for (std::size_t l = 2; l < layers.size(); ++l) {
        EXPECT_NEAR(2 * (layers[l - 1].log10GradientNorm - layers[l].log10GradientNorm),
                    std::log10(factor), 1e-4);
    }
    EXPECT_NEAR(layers.front().pairGradientCosine, std::pow(2.0, -8), 1e-4);
}

TEST(Branched, LayerNormalisationForgetsTheSizeOfTheWeights)
{
    auto law = reluLaw(10, {.normalisation = Normalisation::Layer});
    law.phi = testing::functionNamed("tanh");
    const auto small = predictLayers(law, {.meanSquares = {1}}, Execution());
    law.first.sigmaW2 *= 100;
    law.hidden.sigmaW2 *= 100;
    const auto large = predictLayers(law, {.meanSquares = {1}}, Execution());
    for (std::size_t l = 0; l < small.size(); ++l) {
        EXPECT_NEAR(small[l].log10ActivationMeanSquare, large[l].log10ActivationMeanSquare, 1e-4);
        EXPECT_NEAR(small[l].log10GradientNorm - large[l].log10GradientNorm, 1, 1e-4);
    }
}

} // namespace
} // namespace initlens::theory
