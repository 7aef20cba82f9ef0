#include "ui/charts/chart_export.h"

#include "tests/ui/charts/readings.h"

#include <gtest/gtest.h>

namespace initlens::ui {

namespace {

using test::chart;

QStringList linesOf(const ChartRequest& request, QChar separator = QLatin1Char('\t'))
{
    QStringList lines = chartTable(request, separator).split(QLatin1Char('\n'));
    EXPECT_EQ(lines.takeLast(), "");
    return lines;
}

TEST(ChartTable, aRowForEveryLayerOfAnyRun)
{
    ChartRequest request;
    request.chart = chart("gradient_norm");
    request.runs = {
        test::run(1, "a", 2, {test::logProfile("gradient_norm", {-0.5, -1})}),
        test::run(2, "b", 3, {test::logProfile("gradient_norm", {0.25, -test::infinity}, 2)})};
    const QStringList lines = linesOf(request);
    ASSERT_EQ(lines.size(), 4);
    EXPECT_TRUE(lines[0].startsWith("layer\ta: log10 "));
    EXPECT_EQ(lines[1], "1\t-0.5\t");
    EXPECT_EQ(lines[2], "2\t-1\t0.25");
    EXPECT_EQ(lines[3], "3\t\t");
}

TEST(ChartTable, numbersAreExact)
{
    ChartRequest request;
    request.chart = chart("gradient_norm");
    request.runs = {test::run(1, "a", 1, {test::logProfile("gradient_norm", {1.0 / 3})})};
    const QString value = linesOf(request)[1].section(QLatin1Char('\t'), 1);
    EXPECT_EQ(value.toDouble(), 1.0 / 3);
}

TEST(ChartTable, namesWithSeparatorsAreQuoted)
{
    ChartRequest request;
    request.chart = chart("gradient_norm");
    request.runs = {test::run(1, "scale=2, \"fan\"", 1, {test::logProfile("gradient_norm", {1})})};
    EXPECT_TRUE(
        linesOf(request, QLatin1Char(','))[0].startsWith("layer,\"scale=2, \"\"fan\"\": log10 "));
}

TEST(ChartTable, aSpectrumHasItsQuantilesAndZeros)
{
    ChartRequest request;
    request.chart = chart("jacobian_singular_values");
    request.runs = {test::run(
        1, "a", 1, {test::spectrum({{.layer = 1, .log10Values = {2, 1, 0}, .exactZeros = 1}})})};
    const QStringList lines = linesOf(request);
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines[0].count(QLatin1Char('\t')), 9);
    const QStringList cells = lines[1].split(QLatin1Char('\t'));
    const std::vector<double> expected = {1, 0, 0.1, 0.5, 1, 1.5, 1.9, 2, 0.25};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(cells[static_cast<qsizetype>(i)].toDouble(), expected[i], 1e-12) << i;
    }
    EXPECT_EQ(cells.last(), "") << "no rounding noise";
}

TEST(ChartTable, theDashboardIsFourTables)
{
    ChartRequest request;
    request.runs = test::threeRuns();
    EXPECT_EQ(chartTable(request).count("\n\n"), 3);
}

} // namespace

} // namespace initlens::ui
