#include "ui/charts/chart_layers.h"

#include "tests/ui/charts/readings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace initlens::ui {

namespace {

using test::chart;

ChartModel sparseModel()
{
    return makeModel(chart("jacobian_singular_values"),
                     {test::run(1, "a", 25,
                                {test::spectrum({{.layer = 10, .log10Values = {0}},
                                                 {.layer = 20, .log10Values = {0}},
                                                 {.layer = 25, .log10Values = {0}}})}),
                      test::run(2, "b", 25, {test::spectrum({{.layer = 12, .log10Values = {0}}})})},
                     0);
}

TEST(ChartLayers, areThoseOfAllRuns)
{
    EXPECT_EQ(measuredLayers(sparseModel()), (std::vector<int>{10, 12, 20, 25}));
    EXPECT_EQ(nearestLayer(sparseModel(), 10.9), 10);
    EXPECT_EQ(nearestLayer(sparseModel(), 11.2), 12);
    EXPECT_EQ(nearestLayer(sparseModel(), -5), 10);
    EXPECT_EQ(nearestLayer(sparseModel(), 1e9), 25);
    EXPECT_EQ(nearestLayer(makeModel(chart("gradient_norm"), {}, 0), 3), std::nullopt);
}

TEST(ChartLayers, stepsGoFromOneMeasuredLayerToTheNext)
{
    const auto model = sparseModel();
    EXPECT_EQ(steppedLayer(model, 12, 1), 20);
    EXPECT_EQ(steppedLayer(model, 12, -1), 10);
    EXPECT_EQ(steppedLayer(model, 11, 1), 12);
    EXPECT_EQ(steppedLayer(model, 11, -1), 10);
    EXPECT_EQ(steppedLayer(model, 25, 10), 25);
    EXPECT_EQ(steppedLayer(model, 99, -1), 25);
    EXPECT_EQ(steppedLayer(model, std::nullopt, 1), 10);
    EXPECT_EQ(steppedLayer(model, std::nullopt, -1), 25);
}

TEST(ChartLayers, aChartAtOneLayerKnowsTheOthers)
{
    const auto spectra =
        makeModel(chart("jacobian_singular_values_at_layer"),
                  {test::run(1, "a", 9,
                             {test::spectrum({{.layer = 3, .log10Values = {0}},
                                              {.layer = 9, .log10Values = {0}}})})},
                  0);
    EXPECT_EQ(steppedLayer(spectra, 9, -1), 3);
    const auto histogram = makeModel(chart("preactivation_histogram"),
                                     {test::run(1, "a", 5, {test::histogram({0, 1}, {3}, 2)})}, 0);
    EXPECT_EQ(measuredLayers(histogram), (std::vector<int>{1, 2, 3, 4, 5}));
}

TEST(ChartLayers, aboutNineMarkersWhateverTheDepth)
{
    for (const int depth : {9, 50, 100, 1000, 12345}) {
        std::vector<double> layers(static_cast<std::size_t>(depth));
        std::iota(layers.begin(), layers.end(), 1);
        for (int style = 0; style < 8; ++style) {
            const auto marked = markedPoints(layers, layers, depth, style);
            EXPECT_GE(marked.size(), 6U) << depth;
            EXPECT_LE(marked.size(), 14U) << depth;
        }
    }
}

TEST(ChartLayers, markersStayWhereTheyAreWhileACurveGrows)
{
    std::vector<double> layers(100);
    std::iota(layers.begin(), layers.end(), 1);
    const auto all = markedPoints(layers, layers, 100, 2);
    layers.resize(60);
    const auto some = markedPoints(layers, layers, 100, 2);
    ASSERT_LT(some.size(), all.size());
    EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
}

TEST(ChartLayers, aPointBetweenGapsIsMarkedSinceNoLineShowsIt)
{
    const std::vector<double> layers = {1, 2, 3};
    const std::vector<double> values = {test::notANumber, 5, test::notANumber};
    EXPECT_EQ(markedPoints(layers, values, 3, 0), (std::vector<std::size_t>{1}));
}

TEST(ChartLayers, neighboursAreOneStretch)
{
    const auto stretches = stretchesOf({5, 10, 15, 20, 25}, {10, 15, 25});
    ASSERT_EQ(stretches.size(), 2U);
    EXPECT_EQ(stretches[0].first, 10);
    EXPECT_EQ(stretches[0].last, 15);
    EXPECT_EQ(stretches[0].from, 7.5);
    EXPECT_EQ(stretches[0].to, 17.5);
    EXPECT_EQ(stretches[1].first, 25);
    EXPECT_TRUE(stretchesOf({1, 2}, {}).empty());
}

TEST(ChartLayers, positionsAreExact)
{
    EXPECT_EQ(indexOf({2, 4, 6}, 4), 1U);
    EXPECT_EQ(indexOf({2, 4, 6}, 5), std::nullopt);
    EXPECT_EQ(indexOf({}, 1), std::nullopt);
}

} // namespace

} // namespace initlens::ui
