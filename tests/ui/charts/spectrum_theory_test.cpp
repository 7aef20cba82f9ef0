#include "core/experiment/prediction.h"
#include "core/experiment/run.h"
#include "tests/ui/charts/readings.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/chart_ranges.h"
#include "ui/charts/chart_scene.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/spectrum_theory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

using diagnostics::Scale;

constexpr const char* key = "jacobian_singular_values";

/// Hard tanh with orthogonal weights: zeros, an atom and a continuous part.
ShownRun measuredRun()
{
    experiment::RunSpec spec;
    spec.activation = *parseChoice(activations::Activation::table(), "activation", "hard_tanh");
    spec.initializer = *parseChoice(initializers::Initializer::table(), "initializer",
                                    "critical_orthogonal:q_star=0.2");
    spec.input = *parseChoice(data::Input::table(), "input", "gaussian:std=0.43702161");
    spec.depth = 6;
    spec.width = 48;
    spec.batch = 4;
    const auto record = *experiment::run(
        spec, [](const experiment::Event& /*event*/) {}, Execution());
    ShownRun run;
    run.name = QStringLiteral("run");
    run.spec = spec;
    run.current = true;
    run.finished = true;
    run.prediction = record->prediction;
    for (const auto& reading : record->readings) {
        run.readings[diagnostics::readingId(*reading)] = reading;
    }
    return run;
}

ChartId spectrumChart(ChartView view)
{
    ChartId chart = test::chart(key);
    chart.view = view;
    return chart;
}

double area(const PredictedDensity& density)
{
    double sum = 0;
    for (std::size_t i = 0; i + 1 < density.places.size(); ++i) {
        sum += (density.places[i + 1] - density.places[i]) *
               (density.heights[i] + density.heights[i + 1]) / 2;
    }
    return sum;
}

int dashedLines(const QCustomPlot& plot)
{
    int count = 0;
    for (int i = 0; i < plot.graphCount(); ++i) {
        count += plot.graph(i)->pen().style() == Qt::CustomDashLine ? 1 : 0;
    }
    return count;
}

} // namespace

TEST(SpectrumTheory, quantilesOverDepthAreDrawnAndToldAndTabulated)
{
    const ShownRun run = measuredRun();
    const ChartModel model = makeModel(spectrumChart(ChartView::OverDepth), {run}, 0);
    const auto bands = predictedBands(model.leader()->theory);
    ASSERT_TRUE(bands);
    EXPECT_EQ(bands->layers, (std::vector<double>{1, 2, 3, 4, 5, 6}));
    EXPECT_TRUE(std::is_sorted(bands->quantiles.back().begin(), bands->quantiles.back().end()))
        << "the largest is the gain at every layer";

    QCustomPlot plot;
    ChartScene scene(plot, Purpose::Live);
    scene.show(model, lightChartTheme(), {horizontalRange(model), verticalRange(model)},
               {400, 300});
    EXPECT_EQ(dashedLines(plot), 3);
    EXPECT_TRUE(chartNotes(model).join(QString()).contains(QStringLiteral("free probability")));
    EXPECT_EQ(readoutColumns(model).size(), 4);
    EXPECT_EQ(readoutValues(*model.leader(), model.valueScale(), 3).size(), 4);
    ChartRequest request;
    request.chart = model.chart;
    request.runs = {run};
    EXPECT_TRUE(chartTable(request, QLatin1Char(',')).contains(QStringLiteral("predicted 50 %")));
}

TEST(SpectrumTheory, aLayersDensityHasItsShareOfAllValues)
{
    const ShownRun run = measuredRun();
    const ChartModel model = makeModel(spectrumChart(ChartView::AtLayer), {run}, 6);
    const auto density = predictedDensity(model.leader()->theory, 6, Scale::Log10);
    ASSERT_TRUE(density);
    double atoms = density->zeroMass;
    for (const auto& atom : density->atoms) {
        atoms += atom.mass;
    }
    EXPECT_GT(density->zeroMass, 0);
    EXPECT_NEAR(area(*density) + atoms, 1, 0.02);
    const auto linear = predictedDensity(model.leader()->theory, 6, Scale::Linear);
    ASSERT_TRUE(linear);
    EXPECT_NEAR(linear->places.back(), std::pow(10, density->places.back()), 1e-12);
    const std::size_t middle = linear->places.size() / 2;
    const double s = linear->places[middle];
    const auto same =
        std::lower_bound(density->places.begin(), density->places.end(), std::log10(s) - 1e-12);
    EXPECT_NEAR(linear->heights[middle] * s * std::log(10.0),
                density->heights[static_cast<std::size_t>(same - density->places.begin())], 1e-9);
    EXPECT_FALSE(predictedDensity(model.leader()->theory, 7, Scale::Log10));
    QCustomPlot plot;
    ChartScene scene(plot, Purpose::Live);
    scene.show(model, lightChartTheme(), {horizontalRange(model), verticalRange(model)},
               {400, 300});
    EXPECT_EQ(dashedLines(plot), 1);
    EXPECT_TRUE(chartNotes(model).join(QString()).contains(QStringLiteral("theory")));
}

TEST(SpectrumTheory, outdatedOrAbsentPredictionsAreNotDrawn)
{
    ShownRun run = measuredRun();
    run.predictionOutdated = true;
    const auto outdated = makeModel(spectrumChart(ChartView::OverDepth), {run}, 0);
    EXPECT_FALSE(predictedBands(outdated.leader()->theory));
    EXPECT_EQ(readoutColumns(outdated).size(), 3);
    auto none = std::make_shared<experiment::Prediction>();
    none->spectra.whyNot = "layer 1 is not square";
    run.prediction = none;
    run.predictionOutdated = false;
    const auto absent = makeModel(spectrumChart(ChartView::OverDepth), {run}, 0);
    EXPECT_TRUE(
        chartNotes(absent).join(QString()).contains(QStringLiteral("layer 1 is not square")));
}

} // namespace initlens::ui
