#include "core/spectrum/layer_measurement.h"
#include "core/spectrum/measurement.h"
#include "core/spectrum/walk.h"
#include "tests/core/spectrum/given_factors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <random>

namespace initlens::spectrum {

namespace {

/// A random chain: any depth, any widths, any spread of the slopes, some of them zero.
GivenFactors randomFactors(unsigned seed, bool breaks = false)
{
    std::mt19937 random(seed);
    const auto whole = [&](Index least, Index most) {
        return std::uniform_int_distribution<Index>(least, most)(random);
    };
    std::normal_distribution<double> normal;
    const Index depth = whole(1, 60);
    const bool dies = whole(0, 2) == 0;
    const double spread = std::uniform_real_distribution<double>(0, 2)(random);
    Index columns = whole(1, 30);
    std::vector<Matrix<double>> weights;
    std::vector<Vector<double>> slopes;
    for (Index layer = 0; layer < depth; ++layer) {
        const Index rows = whole(0, 3) == 0 ? whole(4, 30) : std::max<Index>(4, columns);
        weights.emplace_back(rows, columns);
        for (double& element : weights.back().reshaped()) {
            element = normal(random) / std::sqrt(static_cast<double>(columns));
        }
        slopes.emplace_back(rows);
        for (double& slope : slopes.back()) {
            slope = dies && whole(0, 5) == 0 ? 0 : std::exp(spread * normal(random));
        }
        columns = rows;
    }
    if (breaks) {
        // An exact zero among the weights: from here on no graded product is possible.
        auto& weight = weights[weights.size() * 2 / 3];
        weight(weight.rows() / 2, weight.cols() / 2) = 0;
    }
    return GivenFactors(std::move(weights), std::move(slopes));
}

using Spectra = std::map<Index, LayerSpectrumPointer>;

Spectra measureInRoom(GivenFactors factors, Scope::Kind scope, double bytes, int threads,
                      std::optional<Index> selected)
{
    Spectra spectra;
    std::mutex mutex;
    const SpectrumSink sink = [&](Index layer, LayerSpectrumPointer spectrum) {
        const std::lock_guard lock(mutex);
        EXPECT_TRUE(spectra.emplace(layer, std::move(spectrum)).second) << "sent twice: " << layer;
    };
    const Request request{.scope = scope,
                          .layers = measuredLayers(scope, factors.depth(), 1),
                          .selected = selected ? std::make_shared<const std::atomic<std::int32_t>>(
                                                     static_cast<std::int32_t>(*selected))
                                               : nullptr};
    Workers(threads).run([&] { measureProducts(factors, request, sink, Execution{}, bytes); });
    EXPECT_EQ(spectra.size(), request.layers.size());
    return spectra;
}

void expectEqual(const Spectra& found, const Spectra& expected)
{
    for (const auto& [layer, spectrum] : expected) {
        ASSERT_TRUE(found.contains(layer));
        EXPECT_EQ(found.at(layer)->log10Values, spectrum->log10Values) << layer;
        EXPECT_EQ(found.at(layer)->bounds, spectrum->bounds) << layer;
        EXPECT_EQ(found.at(layer)->exactZeros, spectrum->exactZeros) << layer;
        EXPECT_EQ(found.at(layer)->carrier, spectrum->carrier) << layer;
    }
}

TEST(Paths, PlainAndGradedProductsAgreeWithinTheirBounds)
{
    int compared = 0;
    for (unsigned seed = 0; seed < 120; ++seed) {
        SCOPED_TRACE(seed);
        auto factors = randomFactors(seed);
        const Execution execution;
        const auto scope = seed % 3 == 0 ? Scope::Kind::ToOutput : Scope::Kind::FromInput;
        const auto layers = measuredLayers(scope, factors.depth(), 1);
        Walk walk(factors, scope, layers, execution);
        Product plain;
        Product graded;
        for (Index step = 0; step < walk.steps(); ++step) {
            walk.advance(step, /*graded=*/false, 0, plain);
            ASSERT_TRUE(walk.advance(step, /*graded=*/true, 0, graded));
            const Index smallerSide = walk.smallerSide(walk.layerAfter(step));
            const auto a = measurePlain(*plain.plain, smallerSide, 1, execution);
            const auto b = measureGraded(*graded.graded->factor(), smallerSide, execution);
            EXPECT_EQ(a.spectrum->exactZeros, b.spectrum->exactZeros);
            ASSERT_EQ(a.spectrum->log10Values.size(), b.spectrum->log10Values.size());
            for (std::size_t i = 0; i < a.spectrum->log10Values.size(); ++i) {
                const double bound = a.spectrum->bounds[i] + b.spectrum->bounds[i];
                if (std::isfinite(bound)) {
                    EXPECT_LE(std::abs(a.spectrum->log10Values[i] - b.spectrum->log10Values[i]),
                              bound)
                        << "step " << step << ", value " << i;
                    ++compared;
                }
            }
        }
    }
    EXPECT_GT(compared, 10000);
}

TEST(Paths, NothingDependsOnTheOrderOfTheWork)
{
    for (unsigned seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(seed);
        const auto factors = randomFactors(seed, /*breaks=*/seed % 4 >= 2);
        const auto scope = seed % 2 == 0 ? Scope::Kind::ToOutput : Scope::Kind::FromInput;
        const double enough = backlogBytes(30 * 30 * sizeof(double));
        const auto expected = measureInRoom(factors, scope, enough, 1, 0);
        expectEqual(measureInRoom(factors, scope, enough, 3, factors.depth() / 2), expected);
        expectEqual(measureInRoom(factors, scope, enough, 3, std::nullopt), expected);
        for (const double products : {0.5, 2.0, 5.0}) {
            SCOPED_TRACE(products);
            const double bytes = products * 30 * 30 * sizeof(double);
            expectEqual(measureInRoom(factors, scope, bytes, 2, 3), expected);
        }
    }
}

} // namespace

} // namespace initlens::spectrum
