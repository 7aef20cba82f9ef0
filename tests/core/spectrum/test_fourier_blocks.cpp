#include "core/spectrum/fourier_blocks.h"

#include "core/experiment/draw.h"
#include "core/spectrum/structured_jacobian.h"
#include "tests/core/spectrum/given_factors.h"
#include "tests/support/specs.h"

#include <cmath>
#include <numeric>

namespace initlens::spectrum {

namespace {

using testing::chosen;
using testing::makeSpec;

experiment::RunSpec linearStack(std::string_view architecture, std::string_view initializer,
                                std::int64_t depth, std::int64_t width)
{
    auto spec = makeSpec({.activation = "linear",
                          .initializer = initializer,
                          .depth = depth,
                          .width = width,
                          .batch = 2});
    spec.architecture = chosen<network::Architecture>(architecture);
    EXPECT_TRUE(experiment::validate(spec).empty()) << experiment::validate(spec).message();
    return spec;
}

struct Case {
    std::string_view architecture;
    std::string_view initializer;
    Scope::Kind scope = Scope::Kind::FromInput;
    std::int64_t depth = 6;
    std::int64_t width = 3;
    bool keeps = true;

    friend void PrintTo(const Case& c, std::ostream* out)
    {
        *out << c.architecture << ", " << c.initializer;
    }
};

class FourierBlocks : public ::testing::TestWithParam<Case> {};

/// The same factors as matrices, which no method can take apart.
GivenFactors asMatrices(JacobianFactors& factors)
{
    std::vector<Matrix<double>> weights;
    std::vector<Vector<double>> slopes;
    for (Index layer = 1; layer <= factors.depth(); ++layer) {
        factors.prepare(layer, layer, Execution());
        std::vector<Index> rows(static_cast<std::size_t>(factors.size(layer)));
        std::vector<Index> columns(static_cast<std::size_t>(factors.size(layer - 1)));
        std::iota(rows.begin(), rows.end(), 0);
        std::iota(columns.begin(), columns.end(), 0);
        factors.dense(layer, rows, columns, weights.emplace_back(), Execution());
        slopes.emplace_back(Vector<double>::Ones(factors.size(layer)));
    }
    return GivenFactors(std::move(weights), std::move(slopes));
}

TEST_P(FourierBlocks, HaveTheValuesOfTheWhole)
{
    const Case& c = GetParam();
    const auto spec = linearStack(c.architecture, c.initializer, c.depth, c.width);
    ASSERT_TRUE(fallsIntoWaves(spec));
    const Execution execution;
    propagation::NetworkSource<double> source({spec, experiment::effectiveInputSize(spec), 3, 0},
                                              c.keeps);
    propagation::ForwardPass<double> forward(source,
                                             experiment::drawInput<double>(spec, 0, execution),
                                             propagation::Keep::ForBackward, false);
    for (Index layer = 1; layer <= spec.depth; ++layer) {
        source.prepare(layer, layer, execution);
        forward.step(layer, execution);
    }
    const auto factors = jacobianFactors(source, forward, 0);
    EXPECT_EQ(std::ssize(factors->blocks()), waveBlocks(spec).count);
    const auto expected = measureAll(asMatrices(*factors), c.scope);
    std::map<Index, LayerSpectrumPointer> found;
    std::mutex mutex;
    Workers(2).run([&] {
        measureDense(
            *factors, {.scope = c.scope, .layers = measuredLayers(c.scope, spec.depth, 1)},
            [&](Index layer, LayerSpectrumPointer spectrum) {
                const std::lock_guard lock(mutex);
                found[layer] = std::move(spectrum);
            },
            execution);
    });
    ASSERT_EQ(found.size(), expected.size());
    for (const auto& [layer, whole] : expected) {
        SCOPED_TRACE(layer);
        const auto& blocks = found.at(layer);
        EXPECT_EQ(blocks->exactZeros, whole->exactZeros);
        ASSERT_EQ(blocks->log10Values.size(), whole->log10Values.size());
        for (std::size_t i = 0; i < whole->log10Values.size(); ++i) {
            EXPECT_NEAR(blocks->log10Values[i], whole->log10Values[i],
                        blocks->bounds[i] + whole->bounds[i])
                << i;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Stacks, FourierBlocks,
    ::testing::Values(Case{"conv:size=4,kernel=3", "lecun_normal"},
                      Case{"conv:size=5,kernel=3", "lecun_normal"},
                      Case{"conv:size=3,kernel=2", "glorot_uniform", Scope::Kind::ToOutput},
                      Case{"conv:size=2,kernel=2", "lecun_normal", Scope::Kind::PerLayer},
                      Case{"conv:size=4,kernel=3", "conv_orthogonal"},
                      Case{"conv:size=4,kernel=3", "orthogonal", Scope::Kind::FromInput, 40},
                      Case{"conv:size=4,kernel=3", "lecun_normal", Scope::Kind::FromInput, 20, 4,
                           false},
                      Case{"conv:size=3,kernel=3", "delta_orthogonal"},
                      Case{"conv:size=3,kernel=1", "lecun_normal", Scope::Kind::FromInput, 30}));

TEST(FourierBlocksOf, IsometricKernelsStayAtOneAtRealSizes)
{
    auto spec = linearStack("conv:size=16,kernel=4", "conv_orthogonal", 50, 16);
    spec.spectrumEvery = 25;
    const auto record = testing::runToEnd(spec, 2);
    const auto& reading =
        testing::readingOf<diagnostics::Spectrum>(*record, "jacobian_singular_values");
    ASSERT_EQ(reading.layers, (std::vector<std::int32_t>{25, 50}));
    ASSERT_EQ(reading.spectra[1]->log10Values.size(), 16U * 256U);
    for (const double value : reading.spectra[1]->log10Values) {
        EXPECT_NEAR(std::pow(10.0, value), 1, 1e-10);
    }
}

TEST(FourierBlocksOf, NetworksThatTellPixelsApartDoNotExist)
{
    auto spec = linearStack("conv:size=4,kernel=3", "lecun_normal", 3, 4);
    for (const std::string_view activation : {"relu", "tanh", "leaky_relu"}) {
        spec.activation = chosen<activations::Activation>(activation);
        EXPECT_FALSE(fallsIntoWaves(spec)) << activation;
    }
    spec.activation = chosen<activations::Activation>("linear");
    spec.architecture = chosen<network::Architecture>("conv:size=4,kernel=3,padding=zero");
    EXPECT_FALSE(fallsIntoWaves(spec));
    spec.architecture = chosen<network::Architecture>("plain");
    EXPECT_FALSE(fallsIntoWaves(spec));
    spec.architecture = chosen<network::Architecture>("conv:size=4,kernel=3");
    spec.initializer = chosen<initializers::Initializer>("sparse");
    EXPECT_FALSE(fallsIntoWaves(spec));
}

} // namespace

} // namespace initlens::spectrum
