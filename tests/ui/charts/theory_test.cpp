#include "tests/ui/charts/readings.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/chart_layers.h"
#include "ui/charts/chart_ranges.h"
#include "ui/charts/chart_scene.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/readout_item.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

using test::chart;

constexpr const char* key = "gradient_norm";

ShownRun predictedRun()
{
    ShownRun run = test::run(1, "he", 4, {test::logProfile(key, {0, -1, -2, -3})});
    run.current = true;
    run.finished = true;
    run.prediction =
        test::prediction(key, {0.5, -1, -2, -4}, {0, -1.5, -2.5, -5}, {1, -0.5, -1.5, -3});
    return run;
}

ChartModel modelOf(const std::vector<ShownRun>& runs, const ChartModel* previous = nullptr)
{
    return makeModel(chart(key), runs, 0, previous);
}

std::vector<QCPGraph*> dashed(const QCustomPlot& plot)
{
    std::vector<QCPGraph*> graphs;
    for (int i = 0; i < plot.graphCount(); ++i) {
        if (plot.graph(i)->pen().style() == Qt::CustomDashLine) {
            graphs.push_back(plot.graph(i));
        }
    }
    return graphs;
}

class TheoryScene : public testing::Test {
protected:
    void show(const ChartModel& model)
    {
        m_scene.show(model, lightChartTheme(), {horizontalRange(model), verticalRange(model)},
                     {400, 300});
    }

    QCustomPlot m_plot;
    ChartScene m_scene{m_plot, Purpose::Live};
};

TEST(Theory, aRunHasItsPredictedCurve)
{
    const auto model = modelOf({predictedRun()});
    const DepthCurve* curve = model.leader()->theory.current();
    ASSERT_NE(curve, nullptr);
    EXPECT_EQ(curve->layers, (std::vector<double>{1, 2, 3, 4}));
    EXPECT_EQ(curve->values, (std::vector<double>{0.5, -1, -2, -4}));
    EXPECT_EQ(curve->low.size(), 4U);
    const auto other = makeModel(chart("activation_variance"), {predictedRun()}, 0);
    EXPECT_EQ(other.leader()->theory.current(), nullptr);
}

TEST(Theory, isThereBeforeAnythingIsMeasured)
{
    ShownRun run = predictedRun();
    run.readings.clear();
    run.finished = false;
    const auto model = modelOf({run});
    EXPECT_EQ(model.absence, "");
    EXPECT_TRUE(verticalRange(model).contains({-4, 0.5}));
    EXPECT_EQ(nearestLayer(model, 2.2), 2);
    EXPECT_EQ(readoutValues(*model.leader(), model.valueScale(), 2),
              (QStringList{QString::fromUtf8("—"), "0.1"}));
    EXPECT_TRUE(chartSummary(model).contains("Theory expects"));
}

TEST(Theory, standsInFrontOfAPreviewToo)
{
    ShownRun run = predictedRun();
    run.finished = false;
    run.previews[key] = test::logProfile(key, {0, -1, -2, -3});
    run.previewWidth = 96;
    run.readings.clear();
    const auto before = modelOf({run});
    ASSERT_EQ(before.series.size(), 1U);
    EXPECT_NE(before.leader()->theory.current(), nullptr);
    run.readings[key] = test::logProfile(key, {-3}, 4);
    const auto growing = modelOf({run}, &before);
    ASSERT_EQ(growing.series.size(), 2U);
    EXPECT_EQ(growing.series.front()->theory.current(), nullptr) << "once is enough";
    EXPECT_EQ(growing.leader()->theory.curve, before.leader()->theory.curve) << "lent";
}

TEST(Theory, ofAnEarlierSpecSaysNothingAnyMore)
{
    ShownRun run = predictedRun();
    run.predictionOutdated = true;
    const auto model = modelOf({run});
    EXPECT_NE(model.leader()->theory.curve, nullptr);
    EXPECT_EQ(model.leader()->theory.current(), nullptr);
    EXPECT_TRUE(chartNotes(model).isEmpty());
    EXPECT_EQ(readoutColumns(model), QStringList());
    EXPECT_FALSE(chartSummary(model).contains("Theory"));
}

TEST(Theory, doesNotSquashWhatIsMeasured)
{
    ShownRun run = predictedRun();
    run.prediction = test::prediction(key, {0, -40, -80, -120});
    const AxisRange plain =
        verticalRange(modelOf({test::run(1, "he", 4, {test::logProfile(key, {0, -1, -2, -3})})}));
    EXPECT_LE(verticalRange(modelOf({run})).size(), 2.5 * plain.size());
    run.finished = false;
    run.readings[key] = test::logProfile(key, {0, -1});
    EXPECT_LE(verticalRange(modelOf({run})).lower, -120) << "what is still to come";
}

TEST(Theory, notesSayWhatDashesAreOrWhyThereAreNone)
{
    EXPECT_TRUE(chartNotes(modelOf({predictedRun()})).join(QString()).contains("band: "));
    ShownRun run = predictedRun();
    run.prediction = test::prediction(key, {0, -1, -2, -3});
    const QString bare = chartNotes(modelOf({run})).join(QString());
    EXPECT_TRUE(bare.contains("dashed: mean-field theory")) << bare.toStdString();
    EXPECT_FALSE(bare.contains("band"));
    run.prediction = test::noPrediction("theory knows no such layers");
    const QString none = chartNotes(modelOf({run})).join(QString());
    EXPECT_EQ(none, "no prediction: theory knows no such layers");
    EXPECT_TRUE(chartSummary(modelOf({run})).contains("No prediction: theory knows"));
    const auto dead = makeModel(chart("jacobian_isometry"), {run}, 0);
    EXPECT_FALSE(chartNotes(dead).join(QString()).contains("no prediction"));
}

TEST(Theory, theReadoutHasAColumnForIt)
{
    const auto model =
        modelOf({test::run(2, "glorot", 4, {test::logProfile(key, {0, -1})}), predictedRun()});
    EXPECT_EQ(readoutColumns(model), (QStringList{"measured", "theory"}));
    EXPECT_EQ(readoutValues(*model.leader(), model.valueScale(), 4),
              (QStringList{"0.001", QString::fromUtf8("1.0×10⁻⁴")}));
    QCustomPlot plot;
    auto* readout = new ReadoutItem(&plot); // the plot owns it
    readout->setModel(&model);
    readout->setCrosshair(4);
    const auto rows = readout->rows();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].cells.mid(1), (QStringList{"measured", "theory", "ratio"}));
    EXPECT_EQ(rows[1].cells.mid(1), (QStringList{"0.001", QString::fromUtf8("1.0×10⁻⁴"), "1"}));
    EXPECT_EQ(rows[2].cells.mid(1), (QStringList{"—", "", "—"})) << "it ends before";
    readout->setCrosshair(2);
    EXPECT_EQ(readout->rows()[2].cells.mid(1), (QStringList{"0.1", "", "1"}));
}

TEST(Theory, theTableHasItsColumns)
{
    ChartRequest request;
    request.chart = chart(key);
    request.runs = {predictedRun()};
    const QStringList lines = chartTable(request, QLatin1Char('\t')).split(QLatin1Char('\n'));
    EXPECT_TRUE(lines[0].contains("he: predicted log10 ")) << lines[0].toStdString();
    EXPECT_EQ(lines[1], "1\t0\t0.5\t0\t1");
}

TEST(Theory, longCurvesAreThinnedButKeepTheirEnds)
{
    DepthCurve curve;
    for (int layer = 1; layer <= 50'000; ++layer) {
        curve.layers.push_back(layer);
        curve.values.push_back(-layer);
    }
    const DepthCurve part = thinned(curve);
    EXPECT_LT(part.layers.size(), 2000U);
    EXPECT_EQ(part.layers[100], 101);
    EXPECT_EQ(part.layers.back(), 50'000);
    EXPECT_TRUE(std::is_sorted(part.layers.begin(), part.layers.end()));
    curve.layers.resize(500);
    curve.values.resize(500);
    EXPECT_EQ(thinned(curve).layers, curve.layers);
}

TEST_F(TheoryScene, drawsADashedLineAndTheBandOfTheLeader)
{
    auto other = predictedRun();
    other.id = 2;
    other.current = false;
    const auto model = modelOf({other, predictedRun()});
    show(model);
    ASSERT_EQ(dashed(m_plot).size(), 2U);
    EXPECT_EQ(dashed(m_plot).front()->data()->size(), 4);
    EXPECT_LE(dashed(m_plot).front()->pen().widthF(), 1);
    int bands = 0;
    for (int i = 0; i < m_plot.graphCount(); ++i) {
        bands += m_plot.graph(i)->channelFillGraph() != nullptr ? 1 : 0;
    }
    EXPECT_EQ(bands, 1);
}

TEST_F(TheoryScene, keepsItsDataWhileCurvesGrow)
{
    ShownRun run = predictedRun();
    run.readings[key] = test::logProfile(key, {0, -1});
    const auto before = modelOf({run});
    show(before);
    const auto data = dashed(m_plot).front()->data();
    run.readings[key] = test::logProfile(key, {0, -1, -2});
    show(modelOf({run}, &before));
    EXPECT_EQ(dashed(m_plot).front()->data(), data);
}

TEST_F(TheoryScene, drawsOneLayerAsADash)
{
    ShownRun run = test::run(1, "flat", 1, {});
    run.prediction = test::prediction(key, {1}, {0.5}, {1.5});
    show(modelOf({run}));
    ASSERT_EQ(dashed(m_plot).size(), 1U);
    EXPECT_EQ(dashed(m_plot).front()->data()->size(), 2);
}

TEST(Theory, aStripIsPartOfTheChartsKey)
{
    const ChartId id = withStrip(chart(key), true);
    EXPECT_TRUE(id.strip);
    EXPECT_EQ(chartOfKey(chartKey(id)), id);
    EXPECT_EQ(withStrip(id, false), chart(key));
    EXPECT_FALSE(withStrip(chart("jacobian_singular_values"), true).strip);
    EXPECT_EQ(chartOfKey("jacobian_singular_values_with_ratio"), std::nullopt);
}

TEST(Theory, theDifferenceFollowsTheLayersOfWhatIsMeasured)
{
    const DepthCurve measured{.layers = {3, 4, 9}, .values = {1, 2, 3}};
    const DepthCurve predicted{.layers = {1, 2, 3, 4}, .values = {0, 0, 0.25, 0.5}};
    const DepthCurve result = difference(measured, predicted);
    EXPECT_EQ(result.layers, measured.layers);
    EXPECT_EQ(result.values[0], 0.75);
    EXPECT_EQ(result.values[1], 1.5);
    EXPECT_TRUE(std::isnan(result.values[2])) << "nothing is predicted there";
}

TEST_F(TheoryScene, drawsMeasuredOverPredictedBelow)
{
    show(modelOf({predictedRun()}));
    EXPECT_EQ(m_plot.axisRectCount(), 1);
    const auto model = makeModel(withStrip(chart(key), true), {predictedRun()}, 0);
    show(model);
    show(model);
    ASSERT_EQ(m_plot.axisRectCount(), 2);
    const auto graphs = m_plot.axisRect(1)->graphs();
    ASSERT_EQ(graphs.size(), 1);
    EXPECT_EQ(graphs.front()->data()->at(3)->value, 1);
    EXPECT_EQ(m_plot.axisRect(1)->axis(QCPAxis::atBottom)->range(), m_plot.xAxis->range());
    EXPECT_TRUE(m_plot.axisRect(1)->axis(QCPAxis::atLeft)->range().contains(1));
}

TEST(Theory, anExportShowsIt)
{
    ChartRequest request;
    request.chart = chart(key);
    request.runs = {predictedRun()};
    const auto svg = chartMimeData(request)->data(QStringLiteral("image/svg+xml"));
    EXPECT_TRUE(svg.contains("mean-field theory"));
    EXPECT_TRUE(svg.contains("stroke-dasharray"));
    EXPECT_FALSE(svg.contains("measured / predicted"));
    request.chart->strip = true;
    EXPECT_TRUE(chartMimeData(request)
                    ->data(QStringLiteral("image/svg+xml"))
                    .contains("measured / predicted"));
    request.chart->strip = false;
    request.runs.front().prediction = nullptr;
    EXPECT_FALSE(
        chartMimeData(request)->data(QStringLiteral("image/svg+xml")).contains("stroke-dasharray"));
}

} // namespace

} // namespace initlens::ui
