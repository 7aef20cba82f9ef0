#include "core/spectrum/sketch.h"
#include "tests/core/spectrum/given_factors.h"
#include "tests/support/specs.h"

#include <Eigen/QR>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

namespace initlens::spectrum {

namespace {

using Spectra = std::map<Index, LayerSpectrumPointer>;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Small enough that a sketch of a hundred dimensions is not complete.
constexpr SketchSize small{.vectors = 4, .steps = 12};

Spectra sketchAll(GivenFactors factors, Scope::Kind scope, const SketchSize& size, int threads = 2)
{
    Spectra spectra;
    const auto layers = measuredLayers(scope, factors.depth(), 1);
    const SpectrumSink sink = [&](Index layer, LayerSpectrumPointer spectrum) {
        spectra[layer] = std::move(spectrum);
    };
    Workers(threads).run([&] {
        measureSketch(size, factors, {.scope = scope, .layers = layers}, sink, Execution{});
    });
    return spectra;
}

enum class Gates { Open, Relu, Tanh };

struct Shape {
    Index depth = 1;
    Index width = 100;
    Index inputs = 100;
    Gates gates = Gates::Open;
    double gain = 1;
};

GivenFactors gaussian(const Shape& shape)
{
    std::vector<Matrix<double>> weights;
    std::vector<Vector<double>> slopes;
    for (Index layer = 0; layer < shape.depth; ++layer) {
        const Index columns = layer == 0 ? shape.inputs : shape.width;
        Matrix<double> w(shape.width, columns);
        const random::Stream stream{.seed = 11, .layer = static_cast<std::uint32_t>(layer)};
        random::fillNormal<double>(stream, 0, {w.data(), static_cast<std::size_t>(w.size())});
        weights.emplace_back(shape.gain / std::sqrt(static_cast<double>(columns)) * w);
        Vector<double> slope(shape.width);
        const random::Stream gates{.seed = 12, .layer = static_cast<std::uint32_t>(layer)};
        random::fillNormal<double>(gates, 0,
                                   {slope.data(), static_cast<std::size_t>(slope.size())});
        for (double& one : slope) {
            one = shape.gates == Gates::Open   ? 1
                  : shape.gates == Gates::Relu ? (one > 0 ? 1 : 0)
                                               : 1 - std::pow(std::tanh(0.5 * one), 2);
        }
        slopes.push_back(std::move(slope));
    }
    return GivenFactors(std::move(weights), std::move(slopes));
}

/// Share of the exact values up to x.
double shareUpTo(const std::vector<double>& descending, double x)
{
    const auto above = std::count_if(descending.begin(), descending.end(),
                                     [x](double value) { return value > x; });
    return 1 - static_cast<double>(above) / static_cast<double>(descending.size());
}

/// Distance to the nearest exact value.
double distance(const std::vector<double>& exact, double value)
{
    double nearest = infinity;
    for (const double one : exact) {
        nearest = std::min(nearest, std::abs(one - value));
    }
    return nearest;
}

void expectRight(const LayerSpectrum& layer, const LayerSpectrum& exact)
{
    ASSERT_NE(layer.sketch, nullptr);
    EXPECT_TRUE(layer.log10Values.empty());
    EXPECT_EQ(layer.exactZeros, exact.exactZeros);
    const auto& values = exact.log10Values;
    const SpectrumSketch& sketch = *layer.sketch;
    ASSERT_EQ(sketch.count, static_cast<std::int64_t>(values.size()));
    ASSERT_EQ(sketch.quantiles.size(), std::size(quantileLevels));
    // The sharp errors of the exact method are negligible; rounding of the logarithm is not.
    constexpr double slack = 1e-9;
    for (const auto& value : sketch.largest) {
        EXPECT_LE(distance(values, value.log10Value), value.bound + slack);
    }
    for (const auto& value : sketch.smallest) {
        EXPECT_LE(distance(values, value.log10Value), value.bound + slack);
    }
    EXPECT_NEAR(sketch.largest.front().log10Value, values.front(),
                sketch.largest.front().bound + slack);
    if (!sketch.smallest.empty()) {
        EXPECT_NEAR(sketch.smallest.front().log10Value, values.back(),
                    sketch.smallest.front().bound + slack);
    }
    const double one = 1.5 / static_cast<double>(values.size());
    for (const auto& quantile : sketch.quantiles) {
        SCOPED_TRACE(quantile.level);
        EXPECT_LE(shareUpTo(values, quantile.low - slack), quantile.level + one);
        EXPECT_GE(shareUpTo(values, quantile.high + slack), quantile.level - one);
        EXPECT_FALSE(quantile.value < quantile.low || quantile.value > quantile.high);
        EXPECT_EQ(std::isnan(quantile.value), std::isinf(quantile.low));
    }
    double total = sketch.shareBelow;
    std::size_t within = 0;
    for (std::size_t bin = 0; bin < sketch.shares.size(); ++bin) {
        total += sketch.shares[bin];
        EXPECT_GE(sketch.shares[bin], -1e-12);
        const double share =
            shareUpTo(values, sketch.edges[bin + 1]) - shareUpTo(values, sketch.edges[bin]);
        within += std::abs(share - sketch.shares[bin]) <= sketch.errors[bin] + one ? 1U : 0U;
    }
    EXPECT_NEAR(total, 1, 1e-6);
    // Errors are of 95 %, and a bin or two may be at odds.
    EXPECT_GE(static_cast<double>(within) + 1, 0.85 * static_cast<double>(sketch.shares.size()));
}

struct Case {
    const char* name;
    Shape shape;
};

const std::vector<Case>& cases()
{
    static const std::vector<Case> all = {
        {"linear, one layer", {.depth = 1, .width = 200, .inputs = 200}},
        {"linear, deep", {.depth = 8, .width = 120, .inputs = 120}},
        {"rectangular, wide", {.depth = 3, .width = 150, .inputs = 60}},
        {"rectangular, narrow", {.depth = 3, .width = 60, .inputs = 150}},
        {"relu", {.depth = 6, .width = 160, .inputs = 160, .gates = Gates::Relu, .gain = 1.4}},
        {"tanh", {.depth = 10, .width = 100, .inputs = 100, .gates = Gates::Tanh}},
        {"one unit", {.depth = 2, .width = 1, .inputs = 1}},
        {"no passage", {.depth = 9, .width = 2, .inputs = 2, .gates = Gates::Relu}},
    };
    return all;
}

constexpr auto scopes = {Scope::Kind::FromInput, Scope::Kind::ToOutput, Scope::Kind::PerLayer};

TEST(Sketch, AgreesWithAllValuesWithinItsErrors)
{
    for (const Case& one : cases()) {
        for (const auto scope : scopes) {
            const auto factors = gaussian(one.shape);
            const auto exact = measureAll(factors, scope);
            for (const SketchSize& size : {small, SketchSize{}}) {
                const auto sketches = sketchAll(factors, scope, size);
                ASSERT_EQ(sketches.size(), exact.size());
                for (const auto& [layer, spectrum] : sketches) {
                    SCOPED_TRACE(::testing::Message()
                                 << one.name << ", layer " << layer << ", scope "
                                 << static_cast<int>(scope) << ", steps " << size.steps);
                    if (spectrum->nonZeros() > 0) {
                        expectRight(*spectrum, *exact.at(layer));
                    } else {
                        EXPECT_EQ(spectrum->exactZeros, exact.at(layer)->exactZeros);
                    }
                }
            }
        }
    }
}

TEST(Sketch, ErrorsAreOfUse)
{
    // A square Gaussian layer of width 400: the median is known to a few per cent of itself.
    const auto sketches = sketchAll(gaussian({.depth = 2, .width = 400, .inputs = 400}),
                                    Scope::Kind::FromInput, {.vectors = 8, .steps = 32});
    for (const auto& [layer, spectrum] : sketches) {
        const auto& sketch = *spectrum->sketch;
        for (const auto& quantile : sketch.quantiles) {
            if (quantile.level >= 0.5) {
                EXPECT_LT(quantile.high - quantile.low, 0.25) << layer << ", " << quantile.level;
            }
        }
        for (std::size_t bin = 0; bin < sketch.shares.size(); ++bin) {
            EXPECT_LT(sketch.errors[bin], 0.07) << bin;
        }
        EXPECT_GE(sketch.largest.size(), 2U);
        EXPECT_LT(sketch.shareBelow, 0.2);
    }
}

TEST(Sketch, OrthogonalLinearNetworksStandAtOneValue)
{
    std::vector<Matrix<double>> weights(20, Matrix<double>(90, 90));
    for (std::size_t layer = 0; layer < weights.size(); ++layer) {
        const random::Stream stream{.seed = 3, .layer = static_cast<std::uint32_t>(layer)};
        random::fillNormal<double>(
            stream, 0, {weights[layer].data(), static_cast<std::size_t>(weights[layer].size())});
        weights[layer] = Eigen::HouseholderQR<Matrix<double>>(weights[layer]).householderQ();
    }
    const std::vector<Vector<double>> slopes(20, Vector<double>::Constant(90, 0.5));
    for (const auto& [layer, spectrum] :
         sketchAll(GivenFactors(weights, slopes), Scope::Kind::FromInput, small)) {
        const double expected = -static_cast<double>(layer) * std::log10(2.0);
        const auto& sketch = *spectrum->sketch;
        for (const auto& quantile : sketch.quantiles) {
            EXPECT_NEAR(quantile.low, expected, 1e-12) << quantile.level;
            EXPECT_NEAR(quantile.value, expected, 1e-12) << quantile.level;
            EXPECT_NEAR(quantile.high, expected, 1e-12) << quantile.level;
        }
        ASSERT_EQ(sketch.shares.size(), 1U);
        EXPECT_NEAR(sketch.shares.front(), 1, 1e-12);
        EXPECT_NEAR(sketch.errors.front(), 0, 1e-12);
        EXPECT_FALSE(sketch.smallest.empty());
    }
}

TEST(Sketch, DeepProductsStayWithinTheRangeAndSayWhatIsBelow)
{
    const Shape shape{.depth = 150, .width = 30, .inputs = 30, .gain = 1e-9};
    const auto sketches = sketchAll(gaussian(shape), Scope::Kind::FromInput, small);
    const auto exact = measureAll(gaussian(shape), Scope::Kind::FromInput, 150);
    const auto& last = *sketches.at(150);
    const auto& sketch = *last.sketch;
    EXPECT_NEAR(sketch.largest.front().log10Value, exact.at(150)->log10Values.front(), 1e-9);
    EXPECT_LT(sketch.largest.front().log10Value, -1300);
    EXPECT_TRUE(sketch.smallest.empty());
    // Most values lie below the rounding of the largest one: no value is given for their quantiles.
    EXPECT_TRUE(std::isnan(sketch.quantiles[3].value));
    EXPECT_GE(sketch.quantiles[3].high, exact.at(150)->log10Values[15]);
    EXPECT_GT(sketch.shareBelow, 0.5);
    EXPECT_GT(last.log10Resolution, exact.at(150)->log10Values.front() - 16);
}

TEST(Sketch, TwoThousandLayersDoNotOverflow)
{
    const Shape shape{.depth = 2000, .width = 16, .inputs = 16, .gain = 30};
    auto factors = gaussian(shape);
    LayerSpectrumPointer last;
    Workers(1).run([&] {
        measureSketch(
            small, factors, {.scope = Scope::Kind::FromInput, .layers = {2000}},
            [&](Index, LayerSpectrumPointer spectrum) { last = std::move(spectrum); }, Execution{});
    });
    const auto exact = measureAll(factors, Scope::Kind::FromInput, 2000);
    ASSERT_NE(last, nullptr);
    EXPECT_GT(last->sketch->largest.front().log10Value, 2000);
    EXPECT_NEAR(last->sketch->largest.front().log10Value, exact.at(2000)->log10Values.front(),
                1e-9);
}

TEST(Sketch, DoesNotDependOnThreads)
{
    const auto factors = gaussian({.depth = 4, .width = 300, .inputs = 280, .gates = Gates::Relu});
    const auto one = sketchAll(factors, Scope::Kind::FromInput, small, 1);
    for (const int threads : {2, 3}) {
        const auto other = sketchAll(factors, Scope::Kind::FromInput, small, threads);
        for (const auto& [layer, spectrum] : one) {
            const auto& a = *spectrum->sketch;
            const auto& b = *other.at(layer)->sketch;
            EXPECT_EQ(a.shares, b.shares);
            EXPECT_EQ(a.errors, b.errors);
            EXPECT_EQ(a.edges, b.edges);
            EXPECT_EQ(a.largest.front().log10Value, b.largest.front().log10Value);
            EXPECT_EQ(a.quantiles[4].value, b.quantiles[4].value);
            EXPECT_EQ(a.quantiles[3].high, b.quantiles[3].high);
        }
    }
}

TEST(Sketch, InfiniteElementsGiveNoSpectrumFromThereOn)
{
    auto slopes = std::vector<Vector<double>>(4, Vector<double>::Ones(3));
    slopes[2][1] = infinity;
    const GivenFactors factors(std::vector<Matrix<double>>(4, Matrix<double>::Random(3, 3)),
                               slopes);
    const auto spectra = sketchAll(factors, Scope::Kind::FromInput, small);
    EXPECT_NE(spectra.at(2), nullptr);
    EXPECT_EQ(spectra.at(3), nullptr);
    EXPECT_EQ(spectra.at(4), nullptr);
}

TEST(Sketch, AgreesWithTheExactMethodOnNetworks)
{
    for (const char* activation : {"linear", "relu", "tanh", "crelu"}) {
        auto spec = initlens::testing::makeSpec({.activation = activation,
                                                 .initializer = "orthogonal",
                                                 .precision = "float32",
                                                 .depth = 6,
                                                 .width = 80,
                                                 .batch = 1});
        const auto of = [&](const char* method) {
            spec.spectrum = Choice<Method>(*findRow(Method::table(), method));
            return initlens::testing::readingOf<diagnostics::Spectrum>(
                *initlens::testing::runToEnd(spec), "jacobian_singular_values");
        };
        const auto exact = of("exact");
        const auto sketch = of("sketch");
        ASSERT_EQ(exact.layers, sketch.layers);
        for (std::size_t i = 0; i < exact.layers.size(); ++i) {
            SCOPED_TRACE(::testing::Message() << activation << ", layer " << exact.layers[i]);
            expectRight(*sketch.spectra[i], *exact.spectra[i]);
        }
    }
}

TEST(Sketch, ReadingsOfTheSpectrumAgreeWithinTheirErrors)
{
    auto spec = initlens::testing::makeSpec({.activation = "tanh",
                                             .initializer = "lecun_normal",
                                             .precision = "float32",
                                             .depth = 3,
                                             .width = 700,
                                             .batch = 1});
    const auto of = [&](const char* method) {
        spec.spectrum = Choice<Method>(*findRow(Method::table(), method));
        return initlens::testing::runToEnd(spec);
    };
    const auto exact = of("exact");
    const auto sketched = of("sketch");
    const auto sketches =
        initlens::testing::readingOf<diagnostics::Spectrum>(*sketched, "jacobian_singular_values");
    const auto expectNear = [&](const char* id, Estimate SpectrumSketch::*member, double most) {
        const auto right = initlens::testing::readingOf<diagnostics::Profile>(*exact, id).values;
        const auto seen = initlens::testing::readingOf<diagnostics::Profile>(*sketched, id).values;
        ASSERT_EQ(right.size(), seen.size());
        for (std::size_t i = 0; i < right.size(); ++i) {
            const double error = (sketches.spectra[i]->sketch.get()->*member).error;
            EXPECT_NEAR(seen[i], right[i], 1.5 * error + 2e-3) << id << " " << i;
            EXPECT_LT(error, most) << id << " " << i; // an error that says nothing is no estimate
        }
    };
    expectNear("jacobian_mean_square", &SpectrumSketch::log10MeanSquare, 0.1);
    expectNear("jacobian_effective_rank", &SpectrumSketch::effectiveRank, 100);
    expectNear("jacobian_isometry", &SpectrumSketch::isometry, 0.05);
}

TEST(Sketch, StopsAtOnce)
{
    auto factors = gaussian({.depth = 12, .width = 700, .inputs = 700});
    const Execution execution;
    int sent = 0;
    std::chrono::duration<double> late{};
    Workers(2).run([&] {
        std::chrono::steady_clock::time_point asked;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(150));
            asked = std::chrono::steady_clock::now();
            execution.requestStop();
        });
        measureSketch(
            SketchSize{}, factors,
            {.scope = Scope::Kind::FromInput,
             .layers = measuredLayers(Scope::Kind::FromInput, 12, 1)},
            [&](Index, const LayerSpectrumPointer&) { ++sent; }, execution);
        const auto back = std::chrono::steady_clock::now();
        stopper.join();
        late = back - asked;
    });
    EXPECT_LT(sent, 12);
    EXPECT_LT(late.count(), 0.5); // a loaded machine must not fail it
}

} // namespace

} // namespace initlens::spectrum
