#include "core/spectrum/quick_measurement.h"
#include "core/spectrum/rows.h"
#include "tests/core/spectrum/small_networks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace initlens::spectrum {

namespace {

using Spectra = std::map<Index, LayerSpectrumPointer>;

std::vector<Network> networks()
{
    using enum Shape;
    using enum Law;
    using enum Scope::Kind;
    const double he = std::sqrt(2.0);
    return {
        {.name = "linear", .width = 40, .depth = 30},
        {.name = "linear_narrow", .width = 3, .depth = 60},
        {.name = "linear_one", .width = 1, .depth = 100},
        {.name = "linear_two", .width = 2, .depth = 200},
        {.name = "linear_orthogonal", .law = Orthogonal, .width = 120, .depth = 100},
        {.name = "linear_wide_input", .width = 24, .depth = 20, .inputs = 90},
        {.name = "linear_narrow_input", .width = 60, .depth = 40, .inputs = 7},
        {.name = "linear_growing", .width = 8, .depth = 30, .growth = 1.08},
        {.name = "linear_shrinking", .width = 90, .depth = 20, .growth = 0.9},
        {.name = "linear_to_output", .width = 50, .depth = 25, .inputs = 70, .scope = ToOutput},
        {.name = "linear_shrinking_to_output",
         .width = 90,
         .depth = 20,
         .growth = 0.92,
         .scope = ToOutput},
        {.name = "linear_per_layer", .width = 100, .depth = 20, .scope = PerLayer},
        {.name = "relu", .activation = Relu, .sigma = he, .width = 100, .depth = 30},
        {.name = "relu_orthogonal",
         .activation = Relu,
         .law = Orthogonal,
         .sigma = he,
         .width = 150,
         .depth = 40},
        {.name = "relu_to_output",
         .activation = Relu,
         .sigma = he,
         .width = 80,
         .depth = 30,
         .scope = ToOutput},
        {.name = "relu_per_layer",
         .activation = Relu,
         .sigma = he,
         .width = 80,
         .depth = 20,
         .scope = PerLayer},
        {.name = "leaky", .activation = LeakyRelu, .sigma = 1.4, .width = 64, .depth = 20},
        {.name = "tanh_ordered", .activation = Tanh, .sigma = 0.8, .width = 80, .depth = 30},
        {.name = "tanh_orthogonal",
         .activation = Tanh,
         .law = Orthogonal,
         .sigma = 1.02,
         .width = 200,
         .depth = 60},
        {.name = "tanh_orthogonal_to_output",
         .activation = Tanh,
         .law = Orthogonal,
         .sigma = 1.02,
         .width = 120,
         .depth = 60,
         .scope = ToOutput},
        {.name = "tanh_chaotic", .activation = Tanh, .sigma = 2, .width = 60, .depth = 40},
        {.name = "tanh_chaotic_orthogonal",
         .activation = Tanh,
         .law = Orthogonal,
         .sigma = 3,
         .width = 60,
         .depth = 20,
         .inputs = 30},
        {.name = "tanh_very_chaotic_per_layer",
         .activation = Tanh,
         .sigma = 8,
         .width = 60,
         .depth = 20,
         .scope = PerLayer},
        {.name = "crelu", .activation = Crelu, .width = 50, .depth = 30},
        {.name = "crelu_to_output",
         .activation = Crelu,
         .width = 40,
         .depth = 20,
         .scope = ToOutput},
        {.name = "tanh_deep",
         .activation = Tanh,
         .law = Orthogonal,
         .sigma = 1,
         .width = 30,
         .depth = 400},
    };
}

/// Checks every value against the exact method; returns the largest share of its bound that an
/// error takes up, and counts values found in single precision.
double expectWithinBounds(const Spectra& quick, const Spectra& exact, std::size_t& singles)
{
    double share = 0;
    EXPECT_EQ(quick.size(), exact.size());
    for (const auto& [layer, right] : exact) {
        SCOPED_TRACE(layer);
        const auto& spectrum = quick.at(layer);
        EXPECT_EQ(spectrum->exactZeros, right->exactZeros);
        const std::size_t count = right->log10Values.size();
        if (spectrum->log10Values.size() != count || spectrum->bounds.size() != count) {
            ADD_FAILURE() << "values are missing";
            continue;
        }
        const bool single = spectrum->carrier == Carrier::SingleProduct;
        for (std::size_t i = 0; i < count; ++i) {
            const double error = std::abs(spectrum->log10Values[i] - right->log10Values[i]);
            const double bound = spectrum->bounds[i] + right->bounds[i];
            EXPECT_LE(error, bound * (1 + 1e-9) + 1e-14 * std::abs(right->log10Values[i]));
            if (single) {
                EXPECT_LE(spectrum->bounds[i], quickBound);
                share = std::max(share, error / bound);
                ++singles;
            }
        }
    }
    return share;
}

class Quick : public ::testing::TestWithParam<Network> {};

TEST_P(Quick, KeepsToItsBounds)
{
    const Network& network = GetParam();
    const auto factors = factorsOf(network);
    std::size_t singles = 0;
    const auto quick = measureAll(factors, network.scope, 1, 2, quickRow.measure);
    const auto exact = measureAll(factors, network.scope);
    const double share = expectWithinBounds(quick, exact, singles);
    if (network.sigma < 2) { // chaotic networks lie beyond single precision from the first layer on
        EXPECT_GT(singles, 0U);
        EXPECT_GT(share, 1e-3);
    }
}

INSTANTIATE_TEST_SUITE_P(Networks, Quick, ::testing::ValuesIn(networks()),
                         [](const auto& network) { return network.param.name; });

/// A bound that no error comes near would let every mistake pass.
TEST(QuickBounds, AreNotFarAboveTheErrors)
{
    double share = 0;
    std::size_t singles = 0;
    for (const Index width : {20, 60, 150}) {
        const Network network{.name = "",
                              .activation = Shape::Tanh,
                              .law = Law::Orthogonal,
                              .sigma = 1.02,
                              .width = width,
                              .depth = 60};
        const auto factors = factorsOf(network);
        share = std::max(
            share, expectWithinBounds(measureAll(factors, network.scope, 1, 2, quickRow.measure),
                                      measureAll(factors, network.scope), singles));
    }
    EXPECT_GT(singles, 5000U);
    EXPECT_GT(share, 0.05);
}

TEST(QuickBounds, NothingDependsOnTheOrderOfTheWork)
{
    for (const auto scope :
         {Scope::Kind::FromInput, Scope::Kind::ToOutput, Scope::Kind::PerLayer}) {
        const Network network{
            .name = "", .activation = Shape::LeakyRelu, .sigma = 1.4, .width = 70, .depth = 40};
        auto factors = factorsOf(network);
        const auto expected = measureAll(factors, scope, 1, 1, quickRow.measure);
        const auto found = measureAll(factors, scope, 1, 4, quickRow.measure);
        ASSERT_EQ(found.size(), expected.size());
        for (const auto& [layer, spectrum] : expected) {
            EXPECT_EQ(found.at(layer)->log10Values, spectrum->log10Values) << layer;
            EXPECT_EQ(found.at(layer)->bounds, spectrum->bounds) << layer;
            EXPECT_EQ(found.at(layer)->carrier, spectrum->carrier) << layer;
        }
        // Little room, and somebody who looks at a layer.
        std::map<Index, LayerSpectrumPointer> crowded;
        std::mutex mutex;
        const Request request{.scope = scope,
                              .layers = measuredLayers(scope, factors.depth(), 1),
                              .selected = std::make_shared<const std::atomic<std::int32_t>>(7)};
        Workers(2).run([&] {
            measureInSinglePrecision(
                factors, request,
                [&](Index layer, LayerSpectrumPointer spectrum) {
                    const std::lock_guard lock(mutex);
                    EXPECT_TRUE(crowded.emplace(layer, std::move(spectrum)).second);
                },
                Execution{}, 3.0 * 70 * 70 * sizeof(float));
        });
        EXPECT_FALSE(crowded.empty());
        for (const auto& [layer, spectrum] : crowded) {
            EXPECT_EQ(expected.at(layer)->carrier, Carrier::SingleProduct) << layer;
            EXPECT_EQ(expected.at(layer)->bounds, spectrum->bounds) << layer;
            EXPECT_EQ(expected.at(layer)->log10Values, spectrum->log10Values) << layer;
        }
    }
}

TEST(QuickBounds, WhatSinglePrecisionCannotHoldIsHandedOver)
{
    // A row of the second factor that a float makes zero, that is zero, or that is beyond its
    // range.
    for (const double special : {1e-60, 0.0, 1e60}) {
        SCOPED_TRACE(special);
        std::vector<Matrix<double>> weights(3, Matrix<double>::Random(12, 12));
        weights[1].row(3) *= special;
        const GivenFactors factors(weights, {3, Vector<double>::Ones(12)});
        const auto quick = measureAll(factors, Scope::Kind::FromInput, 1, 2, quickRow.measure);
        const auto exact = measureAll(factors, Scope::Kind::FromInput);
        std::size_t singles = 0;
        expectWithinBounds(quick, exact, singles);
        EXPECT_EQ(singles, 12U) << "the first layer alone";
    }
}

TEST(QuickBounds, AZeroThatCostsNoRankIsNoReasonToHandOver)
{
    std::vector<Matrix<double>> weights(3, Matrix<double>::Random(12, 12));
    weights[0](3, 4) = 0;
    weights[1](5, 5) = 1e-60;
    const GivenFactors factors(weights, {3, Vector<double>::Ones(12)});
    std::size_t singles = 0;
    expectWithinBounds(measureAll(factors, Scope::Kind::FromInput, 1, 2, quickRow.measure),
                       measureAll(factors, Scope::Kind::FromInput), singles);
    EXPECT_EQ(singles, 36U);
}

} // namespace

} // namespace initlens::spectrum
