#include "core/spectrum/dense.h"
#include "tests/support/specs.h"

#include <Eigen/SVD>

#include <map>
#include <mutex>
#include <numeric>

namespace initlens::spectrum {

namespace {

/// Factors that are given as matrices.
class GivenFactors final : public JacobianFactors {
public:
    explicit GivenFactors(std::vector<Matrix<double>> weights, std::vector<Vector<double>> slopes)
        : m_weights(std::move(weights)), m_slopes(std::move(slopes))
    {}
    [[nodiscard]] Index depth() const override { return static_cast<Index>(m_weights.size()); }
    [[nodiscard]] Index size(Index layer) const override
    {
        return layer == 0 ? m_weights.front().cols() : slopes(layer).size();
    }
    void prepare(Index, Index, const Execution&) override {}
    [[nodiscard]] Index layersAtOnce() const override { return 3; }
    [[nodiscard]] const Vector<double>& slopes(Index layer) const override
    {
        return m_slopes[static_cast<std::size_t>(layer - 1)];
    }
    [[nodiscard]] Index weightRank(Index layer) const override
    {
        const auto& w = m_weights[static_cast<std::size_t>(layer - 1)];
        return std::min(w.rows(), w.cols());
    }
    void apply(Index layer, const Matrix<double>& x, Matrix<double>& y) const override
    {
        y = factor(layer) * x;
    }
    void applyTransposed(Index layer, const Matrix<double>& x, Matrix<double>& y) const override
    {
        y = factor(layer).transpose() * x;
    }
    void dense(Index layer, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<double>& out, const Execution& /*execution*/) const override
    {
        out = factor(layer)(rows, columns);
    }
    [[nodiscard]] Matrix<double> factor(Index layer) const
    {
        return slopes(layer).asDiagonal() * m_weights[static_cast<std::size_t>(layer - 1)];
    }

private:
    std::vector<Matrix<double>> m_weights;
    std::vector<Vector<double>> m_slopes;
};

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

std::map<Index, LayerSpectrumPointer> measureAll(GivenFactors factors, Scope::Kind scope,
                                                 Index every = 1, int threads = 2)
{
    std::map<Index, LayerSpectrumPointer> spectra;
    std::mutex mutex;
    const auto layers = measuredLayers(scope, factors.depth(), every);
    const SpectrumSink sink = [&](Index layer, LayerSpectrumPointer spectrum) {
        const std::lock_guard lock(mutex);
        spectra[layer] = std::move(spectrum);
    };
    Workers(threads).run([&] { measureDense(factors, scope, layers, sink, Execution{}); });
    return spectra;
}

using LongMatrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

/// The Jacobian of a scope at a layer, multiplied in extended precision.
LongMatrix jacobian(const GivenFactors& factors, Scope::Kind scope, Index layer)
{
    const bool toOutput = scope == Scope::Kind::ToOutput;
    const Index last = toOutput ? factors.depth() : layer;
    const Index first = toOutput ? layer + 1 : scope == Scope::Kind::PerLayer ? layer : 1;
    LongMatrix product = factors.factor(first).cast<long double>();
    for (Index l = first + 1; l <= last; ++l) {
        product = (factors.factor(l).cast<long double>() * product).eval();
    }
    return product;
}

void expectRight(const GivenFactors& factors, Scope::Kind scope)
{
    const auto spectra = measureAll(factors, scope);
    ASSERT_EQ(static_cast<Index>(spectra.size()), factors.depth());
    for (const auto& [layer, spectrum] : spectra) {
        SCOPED_TRACE(layer);
        const LongMatrix exact = jacobian(factors, scope, layer);
        const auto values = Eigen::JacobiSVD<LongMatrix>(exact).singularValues().eval();
        const auto count = static_cast<Index>(spectrum->log10Values.size());
        ASSERT_EQ(count + spectrum->exactZeros, values.size());
        // What is said to be an exact zero is one: nothing above extended rounding.
        for (Index i = count; i < values.size(); ++i) {
            EXPECT_LT(values[i], 1e-17L * values[0]);
        }
        const double resolution = std::pow(10.0, spectrum->log10Resolution);
        Index above = 0;
        for (Index i = 0; i < count; ++i) {
            const double measured =
                std::pow(10.0, spectrum->log10Values[static_cast<std::size_t>(i)]);
            if (measured < resolution) {
                break;
            }
            ++above;
            // The resolution, and the relative error of the Gram matrix where it was good enough.
            EXPECT_NEAR(measured, static_cast<double>(values[i]),
                        resolution + 1e-10 * static_cast<double>(values[i]));
        }
        EXPECT_GT(above, 0);
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

TEST(DenseSpectra, KnowWhereRoundingBegins)
{
    // Sixty Gaussian layers spread the values over some thirty decades: most of them are noise.
    const auto factors = gaussianFactors(60, 16, 16, 0);
    expectRight(factors, Scope::Kind::FromInput);
    const auto spectra = measureAll(factors, Scope::Kind::FromInput, 60);
    const auto& last = *spectra.at(60);
    EXPECT_LT(last.log10Values.back(), last.log10Resolution);
    EXPECT_GT(last.log10Values.front(), last.log10Resolution);
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

/// Every method that the table holds is bound by the same promises.
TEST(Methods, DeepOrthogonalLinearNetworksAreIsometries)
{
    for (const Method* method : Method::table()) {
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
            for (const double value : reading.spectra[i]->log10Values) {
                EXPECT_NEAR(value, -reading.layers[i] * std::log10(2.0), 1e-9) << method->head.id;
            }
            EXPECT_EQ(reading.spectra[i]->log10Values.size(), 12U);
        }
    }
}

} // namespace

} // namespace initlens::spectrum
