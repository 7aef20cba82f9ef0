#include "core/experiment/prediction.h"
#include "core/experiment/run.h"
#include "tests/ui/charts/readings.h"
#include "ui/charts/chart_axes.h"
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

TEST(SpectrumTheory, layersWithoutAPredictionSayWhy)
{
    ShownRun run = measuredRun();
    auto part = std::make_shared<experiment::Prediction>(*run.prediction);
    auto& spectra = part->spectra;
    std::erase_if(spectra.layers,
                  [](const auto& one) { return one->layer >= 3 && one->layer <= 5; });
    for (const std::int32_t layer : {3, 4, 5}) {
        experiment::AbsentSpectrum& absent = spectra.absent.emplace_back();
        absent.layer = layer;
        absent.whyNot = "the slopes differ";
    }
    run.prediction = part;
    const auto notesOf = [&run](ChartView view, int layer) {
        return chartNotes(makeModel(spectrumChart(view), {run}, layer)).join(QLatin1Char(' '));
    };
    const auto model = makeModel(spectrumChart(ChartView::OverDepth), {run}, 0);
    EXPECT_TRUE(notesOf(ChartView::OverDepth, 0)
                    .contains(QStringLiteral("no prediction at layers 3–5: the slopes differ")));
    EXPECT_TRUE(notesOf(ChartView::MapOverDepth, 0).contains(QStringLiteral("at layers 3–5")));
    EXPECT_TRUE(chartSummary(model).contains(
        QStringLiteral("No prediction at layers 3–5: the slopes differ. Theory expects")))
        << chartSummary(model).toStdString();
    for (const ChartView view : {ChartView::AtLayer, ChartView::AtLayerLinear}) {
        EXPECT_TRUE(notesOf(view, 4).contains(
            QStringLiteral("no prediction at layer 4: the slopes differ")));
        EXPECT_FALSE(notesOf(view, 6).contains(QStringLiteral("no prediction")));
    }
    // A second reason stands for itself; other runs are named.
    spectra.absent.back().whyNot = "there is noise";
    ShownRun other = measuredRun();
    other.id = 1;
    other.current = false;
    other.name = QStringLiteral("other");
    const auto notes =
        chartNotes(makeModel(spectrumChart(ChartView::OverDepth), {run, other}, 0)).join(QString());
    EXPECT_TRUE(
        notes.contains(QStringLiteral("run: no prediction at layers 3–4: the slopes differ")))
        << notes.toStdString();
    EXPECT_TRUE(notes.contains(QStringLiteral("run: no prediction at layer 5: there is noise")));
}

TEST(SpectrumTheory, layersThatWereLeftOutSayWhyToo)
{
    ShownRun run = measuredRun();
    auto part = std::make_shared<experiment::Prediction>(*run.prediction);
    std::erase_if(part->spectra.layers, [](const auto& one) { return one->layer == 3; });
    part->spectra.whyNotAll = "5 of 6 layers";
    run.prediction = part;
    const auto notesAt = [&run](int layer) {
        return chartNotes(makeModel(spectrumChart(ChartView::AtLayer), {run}, layer))
            .join(QLatin1Char(' '));
    };
    EXPECT_TRUE(notesAt(3).contains(QStringLiteral("no prediction at layer 3: 5 of 6 layers")));
    EXPECT_FALSE(notesAt(2).contains(QStringLiteral("no prediction")));
}

TEST(SpectrumTheory, longNotesAreBrokenIntoLinesThatFit)
{
    ShownRun run = measuredRun();
    auto none = std::make_shared<experiment::Prediction>();
    none->spectra.whyNot = "a long reason that goes on for so many words that it cannot stand in "
                           "one line of a chart of this size";
    run.prediction = none;
    const auto model = makeModel(spectrumChart(ChartView::OverDepth), {run}, 0);
    const ChartTheme theme = lightChartTheme();
    const QStringList wide = noteLines(model, theme, {3000, 300});
    const QStringList narrow = noteLines(model, theme, {420, 300});
    EXPECT_EQ(wide.size(), 1);
    EXPECT_EQ(narrow.size(), 3);
    EXPECT_EQ(narrow.join(QLatin1Char(' ')).remove(QStringLiteral("·")).simplified(),
              QString(wide.front()).remove(QStringLiteral("·")).simplified());
    for (const QString& line : narrow) {
        EXPECT_FALSE(line.startsWith(QStringLiteral("·")));
    }
    EXPECT_EQ(noteLines(model, theme, {200, 300}).size(), 3);
}

} // namespace initlens::ui
