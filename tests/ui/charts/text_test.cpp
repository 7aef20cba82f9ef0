#include "ui/charts/chart_text.h"

#include "tests/ui/charts/readings.h"

#include "ui/charts/chart_help.h"

#include <gtest/gtest.h>

namespace initlens::ui {

namespace {

using diagnostics::Scale;
using test::chart;
using test::infinity;
using test::notANumber;

TEST(ChartText, powersOfTen)
{
    EXPECT_EQ(powerText(0), "1");
    EXPECT_EQ(powerText(1), "10");
    EXPECT_EQ(powerText(-5), QString::fromUtf8("10⁻⁵"));
    EXPECT_EQ(powerText(1234567890), QString::fromUtf8("10¹²³⁴⁵⁶⁷⁸⁹⁰"));
}

TEST(ChartText, numbersAsAPersonWritesThem)
{
    EXPECT_EQ(numberText(0), "0");
    EXPECT_EQ(numberText(0.4821), "0.482");
    EXPECT_EQ(numberText(-0.25), QString::fromUtf8("−0.25"));
    EXPECT_EQ(numberText(20294), "20294");
    EXPECT_EQ(numberText(1.1e-10), QString::fromUtf8("1.1×10⁻¹⁰"));
    EXPECT_EQ(numberText(-3e7), QString::fromUtf8("−3.0×10⁷"));
    EXPECT_EQ(numberText(infinity), QString::fromUtf8("∞"));
    EXPECT_EQ(numberText(-infinity), QString::fromUtf8("−∞"));
    EXPECT_EQ(numberText(notANumber), QString::fromUtf8("—"));
}

TEST(ChartText, magnitudesBeyondADouble)
{
    EXPECT_EQ(magnitudeText(0), "1");
    EXPECT_EQ(magnitudeText(-31), QString::fromUtf8("1.0×10⁻³¹"));
    EXPECT_EQ(magnitudeText(-4000.5), QString::fromUtf8("3.2×10⁻⁴⁰⁰¹"));
    EXPECT_EQ(magnitudeText(6.99999), QString::fromUtf8("1.0×10⁷"));
    EXPECT_EQ(magnitudeText(-infinity), "0");
    EXPECT_EQ(magnitudeText(infinity), QString::fromUtf8("∞"));
    EXPECT_EQ(valueText(-2, Scale::Log10), "0.01");
    EXPECT_EQ(valueText(-2, Scale::Linear), QString::fromUtf8("−2"));
}

TEST(ChartText, percents)
{
    EXPECT_EQ(percentText(0), QString::fromUtf8("0\u00a0%"));
    EXPECT_EQ(percentText(0.031), QString::fromUtf8("3.1\u00a0%"));
    EXPECT_EQ(percentText(0.512), QString::fromUtf8("51\u00a0%"));
}

TEST(ChartText, titlesNameTheScopeAndTheLayer)
{
    const auto runs = test::threeRuns();
    EXPECT_EQ(chartTitle(makeModel(chart("gradient_norm"), runs, 0)), "Gradient norm");
    EXPECT_TRUE(
        chartTitle(makeModel(chart("jacobian_singular_values"), runs, 0)).contains("input"));
    EXPECT_TRUE(chartTitle(makeModel(chart("jacobian_singular_values_at_layer"), runs, 64))
                    .endsWith("layer 64"));
}

TEST(ChartText, notesSayWhereACurveIsZeroOrNotFinite)
{
    const auto model = makeModel(
        chart("gradient_norm"),
        {test::run(1, "he", 5,
                   {test::logProfile("gradient_norm", {-infinity, -infinity, 0, 1, infinity})})},
        0);
    EXPECT_EQ(chartNotes(model),
              QStringList{QString::fromUtf8("he: zero at layers 1–2, not finite at layer 5")});
    EXPECT_TRUE(chartNotes(makeModel(chart("gradient_norm"), test::threeRuns(), 0)).isEmpty());
}

TEST(ChartText, notesNameTheLayerOfARunThatHasNotTheSelectedOne)
{
    auto runs = std::vector{
        test::run(1, "deep", 5,
                  {test::spectrum(
                      {{.layer = 3, .log10Values = {1, 0}}, {.layer = 5, .log10Values = {1, 0}}})}),
        test::run(2, "flat", 3, {test::spectrum({{.layer = 3, .log10Values = {1, 0}}})})};
    for (ShownRun& run : runs) {
        run.finished = true;
    }
    std::swap(runs.front(), runs.back()); // the last one leads
    const auto notesAt = [&](int layer) {
        return chartNotes(makeModel(chart("jacobian_singular_values_at_layer"), runs, layer))
            .join(QString());
    };
    EXPECT_TRUE(notesAt(5).contains("flat: layer 3")) << notesAt(5).toStdString();
    EXPECT_FALSE(notesAt(3).contains("flat")) << notesAt(3).toStdString();
}

TEST(ChartText, theStripOfExactZerosTellsTheSelectedLayer)
{
    const auto runs = std::vector{
        test::run(1, "a", 2,
                  {test::spectrum({{.layer = 1, .log10Values = {0}, .exactZeros = 3},
                                   {.layer = 2, .log10Values = {0}, .exactZeros = 1}})})};
    const auto label = [&runs](int layer) {
        return zeroStripLabel(makeModel(chart("jacobian_singular_values"), runs, layer));
    };
    EXPECT_TRUE(label(1).contains("75")) << label(1).toStdString();
    EXPECT_TRUE(label(0).contains("50")) << label(0).toStdString();
    EXPECT_EQ(zeroStripLabel(makeModel(chart("gradient_norm"), test::threeRuns(), 0)), "");
}

TEST(ChartText, readoutsOfASpectrumStopAtItsResolution)
{
    const auto model = makeModel(
        chart("jacobian_singular_values"),
        {test::run(
            1, "a", 1,
            {test::spectrum({{.layer = 1, .log10Values = {1, 0, -20}, .log10Resolution = -2}})})},
        0);
    EXPECT_EQ(readoutColumns(model).size(), 3);
    EXPECT_EQ(readoutValues(*model.leader(), Scale::Log10, 1), (QStringList{"< 0.01", "1", "10"}));
    EXPECT_EQ(readoutValues(*model.leader(), Scale::Log10, 7).count(QString::fromUtf8("—")), 3);
}

TEST(ChartText, theSummarySpeaksOfEveryRun)
{
    const auto runs = test::threeRuns();
    for (const char* key :
         {"gradient_norm", "jacobian_singular_values", "jacobian_singular_values_at_layer"}) {
        const QString summary = chartSummary(makeModel(chart(key), runs, 50));
        for (const ShownRun& run : runs) {
            EXPECT_TRUE(summary.contains(run.name)) << summary.toStdString();
        }
    }
    const QString empty = chartSummary(makeModel(chart("gradient_norm"), {}, 0));
    EXPECT_TRUE(empty.contains("No run is shown")) << empty.toStdString();
}

TEST(ChartText, everyDiagnosticHasHelp)
{
    for (const auto* diagnostic : diagnostics::Diagnostic::table()) {
        const QString help = helpText(*diagnostic);
        const auto part = [](std::string_view view) {
            return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()))
                .toHtmlEscaped();
        };
        EXPECT_FALSE(diagnostic->head.formula.empty()) << diagnostic->head.id;
        EXPECT_TRUE(help.contains(part(diagnostic->head.help))) << diagnostic->head.id;
        EXPECT_TRUE(help.contains(part(diagnostic->head.formula))) << diagnostic->head.id;
    }
}

} // namespace

} // namespace initlens::ui
