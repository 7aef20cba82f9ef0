#include "tests/core/spectrum/exact_spectrum.h"
#include "tests/core/spectrum/small_networks.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::spectrum {

namespace {

class Accuracy : public ::testing::TestWithParam<Network> {};

/// The promise of the program: every value that is not zero is right, however deep the network.
TEST_P(Accuracy, AgreesWithMultiplePrecision)
{
    const Network& network = GetParam();
    const auto factors = factorsOf(network);
    const Index every = std::max<Index>(1, network.depth / 3);
    const auto spectra = measureAll(factors, network.scope, every);
    for (const auto& [layer, spectrum] : spectra) {
        SCOPED_TRACE(layer);
        ASSERT_NE(spectrum, nullptr);
        const bool last =
            network.scope == Scope::Kind::ToOutput ? layer == 0 : layer == network.depth;
        if (network.width > 24 && !last) {
            continue; // the reference is slow
        }
        const auto exact = exactLogs(factors, network.scope, layer, network.bits);
        EXPECT_LE(expectWithinBounds(*spectrum, exact), network.tolerance);
        for (const double bound : spectrum->bounds) {
            EXPECT_LE(bound, 1e3 * network.tolerance);
        }
    }
}

std::vector<Network> networks()
{
    using enum Shape;
    using enum Law;
    using enum Scope::Kind;
    const double he = std::sqrt(2.0);
    return {
        {.name = "linear_8", .width = 8, .depth = 100},
        {.name = "linear_16", .width = 16, .depth = 50},
        {.name = "linear_16_deep", .width = 16, .depth = 400, .bits = 4000},
        {.name = "linear_32", .width = 32, .depth = 100, .bits = 1500},
        {.name = "linear_64", .width = 64, .depth = 20, .bits = 500},
        {.name = "linear_truncated", .law = Truncated, .width = 24, .depth = 60},
        {.name = "linear_orthogonal", .law = Orthogonal, .width = 24, .depth = 100},
        {.name = "linear_wide_input", .width = 12, .depth = 40, .inputs = 30},
        {.name = "linear_narrow_input", .width = 20, .depth = 60, .inputs = 7},
        {.name = "linear_growing", .width = 8, .depth = 20, .growth = 1.06},
        {.name = "linear_shrinking", .width = 24, .depth = 20, .growth = 0.94},
        {.name = "linear_to_output", .width = 16, .depth = 80, .scope = ToOutput},
        {.name = "linear_per_layer", .width = 24, .depth = 20, .scope = PerLayer},
        {.name = "relu_16", .activation = Relu, .sigma = he, .width = 16, .depth = 12},
        {.name = "relu_32", .activation = Relu, .sigma = he, .width = 32, .depth = 20},
        {.name = "relu_deep",
         .activation = Relu,
         .sigma = he,
         .width = 40,
         .depth = 90,
         .bits = 1500},
        {.name = "relu_64", .activation = Relu, .sigma = he, .width = 64, .depth = 16, .bits = 300},
        {.name = "relu_truncated",
         .activation = Relu,
         .law = Truncated,
         .sigma = he,
         .width = 24,
         .depth = 30},
        {.name = "relu_orthogonal",
         .activation = Relu,
         .law = Orthogonal,
         .sigma = he,
         .width = 24,
         .depth = 30},
        {.name = "relu_to_output",
         .activation = Relu,
         .sigma = he,
         .width = 24,
         .depth = 30,
         .scope = ToOutput},
        {.name = "relu_growing",
         .activation = Relu,
         .sigma = he,
         .width = 16,
         .depth = 16,
         .growth = 1.05},
        {.name = "leaky_16",
         .activation = LeakyRelu,
         .sigma = 1.4,
         .width = 16,
         .depth = 100,
         .bits = 1500},
        {.name = "leaky_24_orthogonal",
         .activation = LeakyRelu,
         .law = Orthogonal,
         .sigma = 1.4,
         .width = 24,
         .depth = 60,
         .bits = 1500},
        {.name = "leaky_to_output",
         .activation = LeakyRelu,
         .sigma = 1.4,
         .width = 16,
         .depth = 60,
         .bits = 1500,
         .scope = ToOutput},
        {.name = "tanh_ordered", .activation = Tanh, .sigma = 0.8, .width = 24, .depth = 60},
        {.name = "tanh_critical",
         .activation = Tanh,
         .sigma = 1,
         .width = 32,
         .depth = 100,
         .bits = 1500},
        {.name = "tanh_orthogonal",
         .activation = Tanh,
         .law = Orthogonal,
         .sigma = 1.05,
         .width = 48,
         .depth = 40,
         .bits = 600},
        {.name = "tanh_orthogonal_chaotic",
         .activation = Tanh,
         .law = Orthogonal,
         .sigma = 2,
         .width = 24,
         .depth = 200,
         .bits = 3000},
        {.name = "tanh_chaotic_4",
         .activation = Tanh,
         .sigma = 4,
         .width = 16,
         .depth = 100,
         .bits = 5000},
        {.name = "tanh_chaotic_8",
         .activation = Tanh,
         .sigma = 8,
         .width = 24,
         .depth = 20,
         .bits = 3000},
        {.name = "tanh_chaotic_to_output",
         .activation = Tanh,
         .sigma = 4,
         .width = 16,
         .depth = 60,
         .bits = 4000,
         .scope = ToOutput},
        {.name = "tanh_chaotic_per_layer",
         .activation = Tanh,
         .sigma = 8,
         .width = 24,
         .depth = 12,
         .bits = 1500,
         .scope = PerLayer},
        {.name = "crelu_8", .activation = Crelu, .width = 8, .depth = 60},
        {.name = "crelu_16", .activation = Crelu, .width = 16, .depth = 40},
        {.name = "crelu_to_output",
         .activation = Crelu,
         .width = 12,
         .depth = 40,
         .scope = ToOutput},
        {.name = "linear_10000", .width = 4, .depth = 10000, .bits = 70000, .tolerance = 1e-6},
    };
}

INSTANTIATE_TEST_SUITE_P(Networks, Accuracy, ::testing::ValuesIn(networks()),
                         [](const auto& network) { return network.param.name; });

} // namespace

} // namespace initlens::spectrum
