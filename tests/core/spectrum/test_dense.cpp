#include "core/spectrum/layer_measurement.h"
#include "tests/core/spectrum/exact_spectrum.h"
#include "tests/support/specs.h"

namespace initlens::spectrum {

namespace {

/// Square layers with Gaussian weights; every `deadEvery`-th slope is zero, shifted by the layer.
GivenFactors gaussianFactors(Index depth, Index size, Index inputs, Index deadEvery)
{
    std::vector<Matrix<double>> weights;
    std::vector<Vector<double>> slopes;
    for (Index layer = 0; layer < depth; ++layer) {
        const Index columns = layer == 0 ? inputs : size;
        weights.emplace_back(size, columns);
        const random::Stream stream{.seed = 5, .layer = static_cast<std::uint32_t>(layer)};
        random::fillNormal<double>(
            stream, 0, {weights.back().data(), static_cast<std::size_t>(weights.back().size())});
        weights.back() /= std::sqrt(static_cast<double>(columns));
        slopes.push_back(Vector<double>::Ones(size));
        for (Index i = 0; deadEvery > 0 && i < size; ++i) {
            if ((i + layer) % deadEvery == 0) {
                slopes.back()[i] = 0;
            }
        }
    }
    return GivenFactors(std::move(weights), std::move(slopes));
}

void expectRight(const GivenFactors& factors, Scope::Kind scope)
{
    const auto spectra = measureAll(factors, scope);
    ASSERT_EQ(static_cast<Index>(spectra.size()), factors.depth());
    for (const auto& [layer, spectrum] : spectra) {
        SCOPED_TRACE(layer);
        expectWithinBounds(*spectrum, exactLogs(factors, scope, layer, 300));
    }
}

TEST(DenseSpectra, AreRightForEveryScope)
{
    for (const auto scope :
         {Scope::Kind::FromInput, Scope::Kind::ToOutput, Scope::Kind::PerLayer}) {
        SCOPED_TRACE(static_cast<int>(scope));
        expectRight(gaussianFactors(8, 24, 24, 0), scope);
        expectRight(gaussianFactors(6, 24, 24, 2), scope);
        expectRight(gaussianFactors(6, 20, 7, 3), scope);
        expectRight(gaussianFactors(4, 6, 30, 0), scope);
        expectRight(gaussianFactors(1, 1, 1, 0), scope);
    }
}

TEST(DenseSpectra, ChangeTheMethodInTheMiddle)
{
    // Sixty Gaussian layers spread the values over some fifty decades: the product loses most of
    // them after a few layers, and what was good is not computed again.
    const auto factors = gaussianFactors(60, 12, 12, 0);
    const auto spectra = measureAll(factors, Scope::Kind::FromInput);
    EXPECT_EQ(spectra.at(1)->carrier, Carrier::Product);
    EXPECT_EQ(spectra.at(60)->carrier, Carrier::Recursion);
    for (const Index layer : {1, 10, 30, 60}) {
        SCOPED_TRACE(layer);
        const auto exact = exactLogs(factors, Scope::Kind::FromInput, layer, 800);
        EXPECT_LE(expectWithinBounds(*spectra.at(layer), exact), goodBound);
    }
}

TEST(DenseSpectra, StructureOfLowRankStaysWithTheProductAndSaysWhatIsLost)
{
    auto factors = gaussianFactors(60, 12, 12, 0);
    std::vector<Matrix<double>> weights;
    std::vector<Vector<double>> slopes;
    for (Index layer = 1; layer <= factors.depth(); ++layer) {
        weights.push_back(factors.factor(layer));
        slopes.push_back(factors.slopes(layer));
    }
    weights[40](3, 5) = 0;
    const auto spectra =
        measureAll(GivenFactors(std::move(weights), std::move(slopes)), Scope::Kind::FromInput);
    ASSERT_EQ(spectra.size(), 60U);
    const auto& last = *spectra.at(60);
    EXPECT_EQ(last.carrier, Carrier::Product);
    EXPECT_LT(last.log10Values.back(), last.log10Resolution);
    EXPECT_TRUE(std::isinf(last.bounds.back()));
    EXPECT_LT(last.bounds.front(), goodBound);
}

TEST(DenseSpectra, CountTheDeadGates)
{
    const auto spectra = measureAll(gaussianFactors(5, 20, 20, 4), Scope::Kind::FromInput);
    for (const auto& [layer, spectrum] : spectra) {
        EXPECT_EQ(spectrum->exactZeros, 5) << layer;
        EXPECT_EQ(spectrum->log10Values.size(), 15U) << layer;
    }
    auto all = gaussianFactors(3, 10, 10, 1);
    for (const auto& [layer, spectrum] : measureAll(all, Scope::Kind::ToOutput)) {
        EXPECT_EQ(spectrum->exactZeros, 10) << layer;
    }
}

TEST(DenseSpectra, DoNotDependOnThreads)
{
    const auto factors = gaussianFactors(40, 60, 60, 7);
    const auto one = measureAll(factors, Scope::Kind::FromInput, 1, 1);
    for (const int threads : {2, 4}) {
        const auto other = measureAll(factors, Scope::Kind::FromInput, 1, threads);
        for (const auto& [layer, spectrum] : one) {
            EXPECT_EQ(spectrum->log10Values, other.at(layer)->log10Values) << layer;
            EXPECT_EQ(spectrum->log10Resolution, other.at(layer)->log10Resolution) << layer;
            EXPECT_EQ(spectrum->bounds, other.at(layer)->bounds) << layer;
        }
    }
}

TEST(DenseSpectra, InfiniteElementsGiveNoSpectrumFromThereOn)
{
    auto slopes = std::vector<Vector<double>>(4, Vector<double>::Ones(3));
    slopes[2][1] = std::numeric_limits<double>::infinity();
    const GivenFactors factors(std::vector<Matrix<double>>(4, Matrix<double>::Random(3, 3)),
                               slopes);
    const auto spectra = measureAll(factors, Scope::Kind::FromInput);
    EXPECT_NE(spectra.at(2), nullptr);
    EXPECT_EQ(spectra.at(3), nullptr);
    EXPECT_EQ(spectra.at(4), nullptr);
}

TEST(MeasuredLayers, FollowTheContract)
{
    using Layers = std::vector<Index>;
    EXPECT_EQ(measuredLayers(Scope::Kind::FromInput, 7, 3), (Layers{3, 6, 7}));
    EXPECT_EQ(measuredLayers(Scope::Kind::PerLayer, 6, 3), (Layers{3, 6}));
    EXPECT_EQ(measuredLayers(Scope::Kind::ToOutput, 7, 3), (Layers{0, 3, 6}));
    EXPECT_EQ(measuredLayers(Scope::Kind::FromInput, 5, 90), (Layers{5}));
    EXPECT_TRUE(measuredLayers(Scope::Kind::None, 5, 1).empty());
}

/// Every method that the table vouches for is bound by the same promises.
TEST(Methods, DeepOrthogonalLinearNetworksAreIsometries)
{
    for (const Method* method : Method::table()) {
        if (!method->reliable) {
            continue;
        }
        auto spec = testing::makeSpec({.activation = "linear",
                                       .initializer = "orthogonal:gain=0.5",
                                       .depth = 2000,
                                       .width = 12,
                                       .batch = 1});
        spec.spectrum = Choice<Method>(*method);
        spec.spectrumEvery = 500;
        const auto record = testing::runToEnd(spec);
        const auto& reading =
            testing::readingOf<diagnostics::Spectrum>(*record, "jacobian_singular_values");
        for (std::size_t i = 0; i < reading.layers.size(); ++i) {
            const auto& spectrum = *reading.spectra[i];
            for (std::size_t k = 0; k < spectrum.log10Values.size(); ++k) {
                const double bound = spectrum.bounds.empty() ? 0 : spectrum.bounds[k];
                EXPECT_NEAR(spectrum.log10Values[k], -reading.layers[i] * std::log10(2.0),
                            std::max(1e-9, bound))
                    << method->head.id;
            }
            EXPECT_EQ(reading.spectra[i]->nonZeros(), 12) << method->head.id;
            EXPECT_EQ(reading.spectra[i]->exactZeros, 0) << method->head.id;
        }
    }
}

} // namespace

} // namespace initlens::spectrum
