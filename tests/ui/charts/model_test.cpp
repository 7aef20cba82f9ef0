#include "ui/charts/chart_model.h"

#include "tests/ui/charts/readings.h"
#include "ui/charts/chart_ranges.h"
#include "ui/charts/chart_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace initlens::ui {

namespace {

using test::chart;
using test::infinity;
using test::notANumber;

ChartModel modelOf(const char* key, const std::vector<ShownRun>& runs, int selectedLayer = 0)
{
    return makeModel(chart(key), runs, selectedLayer);
}

const DepthCurve& curveOf(const ChartModel& model)
{
    return std::get<DepthCurve>(model.series.front()->shape);
}

TEST(ChartModel, aCurveKeepsItsLogarithms)
{
    const auto model =
        modelOf("gradient_norm",
                {test::run(1, "a", 3, {test::logProfile("gradient_norm", {0, -200, -400})})});
    EXPECT_EQ(model.valueScale(), diagnostics::Scale::Log10);
    EXPECT_EQ(curveOf(model).layers, (std::vector<double>{1, 2, 3}));
    EXPECT_EQ(curveOf(model).values, (std::vector<double>{0, -200, -400}));
    EXPECT_TRUE(model.complete());
}

TEST(ChartModel, backwardReadingsAreSortedByLayer)
{
    diagnostics::Profile profile{.id = "gradient_norm",
                                 .scale = diagnostics::Scale::Log10,
                                 .layers = {4, 3, 2},
                                 .values = {-1, -2, -3},
                                 .low = {-1.5, -2.5, -3.5},
                                 .high = {-0.5, -1.5, -2.5}};
    const auto model = modelOf(
        "gradient_norm", {test::run(1, "a", 4, {std::make_shared<diagnostics::Reading>(profile)})});
    EXPECT_EQ(curveOf(model).layers, (std::vector<double>{2, 3, 4}));
    EXPECT_EQ(curveOf(model).values, (std::vector<double>{-3, -2, -1}));
    EXPECT_EQ(curveOf(model).low, (std::vector<double>{-3.5, -2.5, -1.5}));
    EXPECT_EQ(curveOf(model).high, (std::vector<double>{-2.5, -1.5, -0.5}));
    EXPECT_FALSE(model.complete());
    EXPECT_EQ(model.firstLayer, 1);
    EXPECT_EQ(model.lastLayer, 4);
}

TEST(ChartModel, aSpikeOfAnotherRunLeavesAtTheTop)
{
    auto wide = test::run(1, "wide", 1, {test::histogram({-1, 0, 1}, {500, 500})});
    auto spike = test::run(2, "spike", 1, {test::histogram({-1e-6, 0, 1e-6}, {500, 500})});
    const char* key = "preactivation_histogram";
    for (auto* leader : {&wide, &spike}) {
        wide.current = leader == &wide;
        spike.current = leader == &spike;
        const double top = verticalRange(modelOf(key, {wide, spike}, 1)).upper;
        if (wide.current) {
            EXPECT_LT(top, 2.5);
            EXPECT_GT(top, 0.5);
        } else {
            EXPECT_GT(top, 5e5);
        }
    }
}

TEST(ChartModel, zerosAndOverflowsAreGapsWithALayer)
{
    const auto model = modelOf(
        "gradient_norm",
        {test::run(1, "a", 4,
                   {test::logProfile("gradient_norm", {-infinity, 1, infinity, notANumber})})});
    const DepthCurve& curve = curveOf(model);
    EXPECT_TRUE(std::isnan(curve.values[0]));
    EXPECT_EQ(curve.values[1], 1);
    EXPECT_TRUE(std::isnan(curve.values[2]));
    EXPECT_EQ(curve.zeros, (std::vector<double>{1}));
    EXPECT_EQ(curve.notFinite, (std::vector<double>{3, 4}));
    const AxisRange range = verticalRange(model);
    EXPECT_TRUE(std::isfinite(range.lower) && std::isfinite(range.upper));
    EXPECT_TRUE(range.contains({1, 1}));
}

TEST(ChartModel, bandsAreQuantilesOfTheSingularValues)
{
    const auto reading =
        test::spectrum({{.layer = 5, .log10Values = {2, 1, 0, -1, -2}, .exactZeros = 5}});
    const auto model = modelOf("jacobian_singular_values", {test::run(1, "a", 5, {reading})});
    const auto* bands = model.leading<DepthBands>();
    ASSERT_NE(bands, nullptr);
    EXPECT_EQ(bands->layers, (std::vector<double>{5}));
    EXPECT_EQ(bands->smallest().front(), -2);
    EXPECT_EQ(bands->median().front(), 0);
    EXPECT_EQ(bands->largest().front(), 2);
    EXPECT_EQ(bands->zeroShare.front(), 0.5);
    EXPECT_TRUE(bands->hasZeros());
    EXPECT_TRUE(std::isnan(bands->resolution.front()));
    EXPECT_EQ(model.scope, "from_input");
}

TEST(ChartModel, roundingNoiseDoesNotStretchTheAxis)
{
    const auto reading =
        test::spectrum({{.layer = 1, .log10Values = {0, -300}, .log10Resolution = -16}});
    const auto model = modelOf("jacobian_singular_values", {test::run(1, "a", 1, {reading})});
    EXPECT_EQ(model.leading<DepthBands>()->smallest().front(), -18);
    EXPECT_GT(verticalRange(model).lower, -25);
}

TEST(ChartModel, aJacobianThatIsNotFiniteIsAGap)
{
    const auto reading =
        test::spectrum({{.layer = 1, .log10Values = {1, 0}}, {.layer = 2, .finite = false}});
    const auto runs = std::vector{test::run(1, "a", 2, {reading})};
    const auto overDepth = modelOf("jacobian_singular_values", runs);
    EXPECT_EQ(overDepth.leading<DepthBands>()->notFinite, (std::vector<double>{2}));
    EXPECT_TRUE(std::isnan(overDepth.leading<DepthBands>()->median()[1]));
    const auto atLayer = modelOf("jacobian_singular_values_at_layer", runs, 2);
    EXPECT_TRUE(atLayer.leading<Density>()->heights.empty());
    EXPECT_EQ(atLayer.leading<Density>()->layer, 2);
}

TEST(ChartModel, theSpectrumAtALayerIsThatOfTheNearestMeasuredOne)
{
    const auto reading = test::spectrum({{.layer = 10, .log10Values = {0}},
                                         {.layer = 20, .log10Values = {0}},
                                         {.layer = 30, .log10Values = {0}}});
    const auto runs = std::vector{test::run(1, "a", 30, {reading})};
    const auto layerAt = [&](int selected) {
        return modelOf("jacobian_singular_values_at_layer", runs, selected)
            .leading<Density>()
            ->layer;
    };
    EXPECT_EQ(layerAt(0), 30);
    EXPECT_EQ(layerAt(1), 10);
    EXPECT_EQ(layerAt(19), 20);
    EXPECT_EQ(layerAt(99), 30);
}

TEST(ChartModel, severalJacobiansGiveTheirMeanQuantilesWithASpread)
{
    const auto one = test::spectrum({{.layer = 3, .log10Values = {2, 0, -2}, .exactZeros = 1}});
    auto reading = std::get<diagnostics::Spectrum>(*one);
    auto pooled = std::make_shared<diagnostics::PooledSpectrum>();
    pooled->replicas = 2;
    pooled->log10Values = {3, 2, 1, 0, -2};
    pooled->exactZeros = 3;
    pooled->quantiles.fill(0.5);
    pooled->low.fill(0.25);
    pooled->high.fill(4);
    reading.pooled = {pooled};
    const auto source = std::make_shared<const diagnostics::Reading>(reading);
    const auto runs = std::vector{test::run(1, "a", 3, {source})};
    const auto model = modelOf("jacobian_singular_values", runs);
    const auto* bands = model.leading<DepthBands>();
    EXPECT_EQ(bands->median().front(), 0.5);
    EXPECT_EQ(bands->low.front().front(), 0.25);
    EXPECT_EQ(bands->zeroShare.front(), 0.375);
    EXPECT_GE(verticalRange(model).upper, 4);
    EXPECT_TRUE(chartNotes(model).join(QString()).contains(QStringLiteral("2 Jacobians")));
    const auto atLayer = modelOf("jacobian_singular_values_at_layer", runs);
    EXPECT_EQ(atLayer.leading<Density>()->total, 8);
    EXPECT_EQ(atLayer.leading<Density>()->largest, 3);
}

TEST(ChartModel, aColumnOfTheMapHoldsTheShareThatIsNotZero)
{
    const auto reading = test::spectrum({{.layer = 1, .log10Values = {2, 1, 0}, .exactZeros = 1},
                                         {.layer = 2, .finite = false},
                                         {.layer = 4, .log10Values = {1, -6}},
                                         {.layer = 5, .exactZeros = 4}});
    const auto model = modelOf("jacobian_singular_values_map", {test::run(1, "a", 5, {reading})});
    const auto* bands = model.leading<DepthBands>();
    ASSERT_TRUE(bands != nullptr && bands->map);
    const DensityMap& map = *bands->map;
    EXPECT_EQ(map.columns, (std::vector<std::size_t>{0, 2})) << "only where there are values";
    EXPECT_LE(map.edges.front(), -6);
    EXPECT_GE(map.edges.back(), 2);
    ASSERT_EQ(map.heights.size(), 2 * map.rows());
    const double width = map.edges[1] - map.edges[0];
    for (std::size_t column = 0; column < 2; ++column) {
        const auto* first = map.heights.data() + column * map.rows();
        EXPECT_NEAR(std::accumulate(first, first + map.rows(), 0.0) * width, column == 0 ? 0.75 : 1,
                    1e-5);
    }
    EXPECT_TRUE(chartNotes(model).join(QString()).contains(QStringLiteral("density of log")));
}

TEST(ChartModel, aLinearAxisTellsNumbersAndWhatItCannotHold)
{
    const auto reading = test::spectrum({{.layer = 1, .log10Values = {1, 0}, .exactZeros = 2},
                                         {.layer = 2, .log10Values = {400, 399}}});
    const auto runs = std::vector{test::run(1, "a", 2, {reading})};
    const auto model = modelOf("jacobian_singular_values_at_layer_linear", runs, 1);
    EXPECT_EQ(model.leading<Density>()->largest, 10);
    EXPECT_TRUE(model.leading<Density>()->zerosApart);
    EXPECT_LT(horizontalRange(model).lower, -1) << "room for the zeros";
    const auto beyond = modelOf("jacobian_singular_values_at_layer_linear", runs, 2);
    EXPECT_TRUE(beyond.absence.contains(QStringLiteral("beyond a linear axis")));
}

TEST(ChartModel, theCurrentRunLeadsAndHiddenRunsAreLeftOut)
{
    auto runs = test::threeRuns();
    auto model = modelOf("gradient_norm", runs);
    ASSERT_EQ(model.series.size(), 3U);
    EXPECT_EQ(model.leader()->name, "he_normal");
    runs.front().visible = false;
    model = modelOf("gradient_norm", runs);
    ASSERT_EQ(model.series.size(), 2U);
    EXPECT_EQ(model.leader()->name, "normal, std 0.01");
}

TEST(ChartModel, whatHasNotChangedIsLent)
{
    auto runs = test::threeRuns();
    const auto before = modelOf("gradient_norm", runs);
    runs[1].readings["gradient_norm"] = test::logProfile("gradient_norm", {1, 2});
    const auto after = makeModel(chart("gradient_norm"), runs, 0, &before);
    EXPECT_EQ(after.series[2], before.series[2]);
    EXPECT_NE(after.series[0], before.series[0]);
    EXPECT_EQ(std::get<DepthCurve>(after.series[0]->shape).values.size(), 2U);
}

TEST(ChartModel, aRunIsCompleteWhenItsLastSpectrumIsThere)
{
    auto shown = test::run(
        1, "a", 25,
        {test::spectrum({{.layer = 10, .log10Values = {0}}, {.layer = 20, .log10Values = {0}}})});
    shown.spec.spectrumEvery = 10;
    EXPECT_FALSE(modelOf("jacobian_singular_values", {shown}).complete());
    shown.readings["jacobian_singular_values"] =
        test::spectrum({{.layer = 10, .log10Values = {0}},
                        {.layer = 20, .log10Values = {0}},
                        {.layer = 25, .log10Values = {0}}});
    EXPECT_TRUE(modelOf("jacobian_singular_values", {shown}).complete());
}

TEST(ChartModel, everyChartOfEveryDiagnosticTakesARunWithoutReadings)
{
    for (const ChartId& id : availableCharts()) {
        const auto model = makeModel(id, {test::run(1, "a", 7, {})}, 0);
        EXPECT_FALSE(model.absence.isEmpty()) << chartKey(id).toStdString();
        EXPECT_GT(horizontalRange(model).size(), 0) << chartKey(id).toStdString();
        EXPECT_GT(verticalRange(model).size(), 0) << chartKey(id).toStdString();
        EXPECT_EQ(chartOfKey(chartKey(id)), id);
    }
    EXPECT_EQ(chartOfKey("no_such_chart"), std::nullopt);
    EXPECT_EQ(dashboardCharts().size(), 4U);
}

} // namespace

} // namespace initlens::ui
