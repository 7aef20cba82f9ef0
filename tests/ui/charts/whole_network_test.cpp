#include "core/experiment/prediction.h"
#include "tests/ui/charts/readings.h"
#include "ui/charts/chart_absence.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/chart_ranges.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/chart_widget.h"
#include "ui/charts/phase_colours.h"
#include "ui/charts/plot_canvas.h"
#include "ui/charts/readout_item.h"

#include <QImage>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>

namespace initlens::ui {

namespace {

using test::chart;

diagnostics::ReadingPointer curve(const std::string& id, std::vector<double> values,
                                  std::vector<diagnostics::Companion> companions = {})
{
    diagnostics::Curve reading{.id = id, .positions = {}, .values = std::move(values)};
    for (std::size_t i = 0; i < reading.values.size(); ++i) {
        reading.positions.push_back(0.25 * static_cast<double>(i));
    }
    reading.companions = std::move(companions);
    return std::make_shared<diagnostics::Reading>(std::move(reading));
}

diagnostics::ReadingPointer checkerboard(std::size_t count)
{
    diagnostics::Field reading{.id = "gradient_covariance", .positions = {}, .values = {}};
    for (std::size_t i = 0; i < count; ++i) {
        reading.positions.push_back(static_cast<double>(i));
        for (std::size_t j = 0; j < count; ++j) {
            // Far beyond the ends of the colours, which the diagonal sets.
            reading.values.push_back(i == j ? 1 : (i + j) % 2 == 0 ? 9 : -9);
        }
    }
    return std::make_shared<diagnostics::Reading>(std::move(reading));
}

ShownRun autocorrelation()
{
    return test::run(1, "a", 5,
                     {curve("gradient_autocorrelation", {1, 0.5, -0.25},
                            {{"white noise", {1, 0, 0}}, {"brown noise", {1, 0.9, 0.8}}})});
}

const ReadoutItem* readoutOf(const ChartWidget& widget)
{
    const auto* plot = widget.findChild<PlotCanvas*>(QStringLiteral("plot"));
    for (int i = 0; i < plot->itemCount(); ++i) {
        if (const auto* readout = dynamic_cast<const ReadoutItem*>(plot->item(i))) {
            return readout;
        }
    }
    return nullptr;
}

TEST(WholeNetworkCharts, aCurveStandsOverItsPositions)
{
    const auto model = makeModel(chart("gradient_autocorrelation"), {autocorrelation()}, 3);
    EXPECT_EQ(model.absence, "");
    const auto* shown = model.leading<diagnostics::Curve>();
    ASSERT_NE(shown, nullptr);
    EXPECT_EQ(shown->values, (std::vector<double>{1, 0.5, -0.25}));
    const AxisRange across = horizontalRange(model);
    EXPECT_LE(across.lower, 0);
    EXPECT_GE(across.upper, 0.5);
    EXPECT_LT(across.size(), 0.7);
    const AxisRange up = verticalRange(model);
    EXPECT_LE(up.lower, -0.25);
    EXPECT_GE(up.upper, 1);
    EXPECT_EQ(horizontalTitle(model), "lag k, points");
    EXPECT_EQ(verticalTitle(model), "autocorrelation");
    EXPECT_TRUE(chartNotes(model).join(' ').contains("dotted: white noise"));
    EXPECT_TRUE(chartSummary(model).contains("a: 1 at 0"));
}

TEST(WholeNetworkCharts, aTableHasTheCompanionsAndWhatTheoryExpects)
{
    auto run = test::run(1, "a", 5, {curve("variance_modes", {0.8, 0.5})});
    auto prediction = std::make_shared<experiment::Prediction>();
    prediction->curves["variance_modes"] = {0.75, 0.25};
    run.prediction = prediction;
    ChartRequest request;
    request.chart = chart("variance_modes");
    request.runs = {run};
    EXPECT_EQ(chartTable(request, QLatin1Char(';')),
              "wave theta / pi;a: factor per layer, lambda;a: predicted\n"
              "0;0.8;0.75\n0.25;0.5;0.25\n");
    request.chart = chart("gradient_autocorrelation");
    request.runs = {autocorrelation()};
    const QString table = chartTable(request, QLatin1Char(';'));
    EXPECT_TRUE(table.startsWith("lag k, points;a: autocorrelation;a: white noise;a: brown noise"))
        << table.toStdString();
}

TEST(WholeNetworkCharts, aMapShowsBothSignsAndItsTableEveryCell)
{
    ChartRequest request;
    request.chart = chart("gradient_covariance");
    request.runs = {test::run(1, "a", 5, {checkerboard(4)})};
    EXPECT_EQ(chartTable(request, QLatin1Char(';')).count(QLatin1Char('\n')), 17);
    EXPECT_TRUE(chartNotes(makeModel(*request.chart, request.runs, 0)).join(' ').contains("±2"));
    const QImage image = chartImage(request);
    const QCPColorGradient gradient = phaseGradient(request.theme, PhaseColouring::Slope);
    for (const double end : {0.0, 1.0}) {
        const QColor wanted = gradient.colorStops()[end];
        int found = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                found += image.pixelColor(x, y).rgb() == wanted.rgb() ? 1 : 0;
            }
        }
        EXPECT_GT(found, image.width() * image.height() / 12) << end;
    }
}

TEST(WholeNetworkCharts, samplesOfNoiseHaveLanesOfTheirOwn)
{
    const std::vector<double> tall(3, 50.0);
    auto run =
        test::run(1, "a", 5, {curve("gradient_along_path", {1, -1, 1}, {{"white noise", tall}})});
    const auto model = makeModel(chart("gradient_along_path"), {run}, 0);
    EXPECT_LT(verticalRange(model).upper, 10);
}

TEST(WholeNetworkCharts, aRunThatHasTheReadingLeads)
{
    auto current = test::run(2, "current", 5, {});
    current.current = true;
    const auto model =
        makeModel(chart("gradient_autocorrelation"), {autocorrelation(), current}, 0);
    ASSERT_NE(model.leading<diagnostics::Curve>(), nullptr);
    EXPECT_EQ(model.leader()->name, "a");
    EXPECT_TRUE(chartNotes(model).join(' ').contains("white noise"));
}

TEST(WholeNetworkCharts, theReadoutFollowsPointerAndKeys)
{
    ChartWidget widget(chart("gradient_autocorrelation"));
    auto other = autocorrelation();
    other.id = 2;
    other.name = "b";
    widget.setRuns({autocorrelation(), other});
    widget.resize(500, 400);
    widget.show();
    widget.refresh();
    const ReadoutItem* readout = readoutOf(widget);
    ASSERT_NE(readout, nullptr);
    EXPECT_TRUE(readout->rows().empty());
    QTest::keyClick(&widget, Qt::Key_Right);
    ASSERT_EQ(readout->rows().size(), 3U);
    EXPECT_EQ(readout->rows()[0].cells, QStringList{"lag k, points: 0"});
    QTest::keyClick(&widget, Qt::Key_Right);
    EXPECT_EQ(readout->rows()[1].cells, (QStringList{"b", "0.5"}));
    QTest::keyClick(&widget, Qt::Key_Left);
    EXPECT_EQ(readout->rows()[2].cells, (QStringList{"a", "1"}));
    QTest::keyClick(&widget, Qt::Key_Escape);
    EXPECT_TRUE(readout->rows().empty());
}

TEST(WholeNetworkCharts, whatIsMissingIsSaid)
{
    const auto run = test::run(1, "a", 5, {});
    const auto absence = [&](const char* key) {
        return makeModel(chart(key), {run}, 0).absence;
    };
    EXPECT_TRUE(absence("gradient_along_path").contains("Choose such an input: Line"));
    EXPECT_TRUE(absence("variance_modes").contains("images of more than one pixel"));
    EXPECT_TRUE(absence("correlation_modes").contains("pairs"));
}

} // namespace

} // namespace initlens::ui
