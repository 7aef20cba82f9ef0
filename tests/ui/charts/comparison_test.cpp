#include "ui/charts/run_comparison.h"

#include "tests/ui/charts/readings.h"
#include "ui/charts/chart_model.h"

#include <gtest/gtest.h>

namespace initlens::ui {

namespace {

using test::chart;
using test::notANumber;

diagnostics::ReadingPointer profileOf(const char* id, const std::vector<double>& values,
                                      diagnostics::Scale scale)
{
    diagnostics::Profile profile;
    profile.id = id;
    profile.scale = scale;
    profile.values = values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        profile.layers.push_back(static_cast<std::int32_t>(i + 1));
    }
    return std::make_shared<const diagnostics::Reading>(std::move(profile));
}

/// The current run is drawn last.
ChartModel modelOf(const char* id, const std::vector<double>& own, const std::vector<double>& other,
                   diagnostics::Scale scale)
{
    const int depth = static_cast<int>(own.size());
    return makeModel(chart(id),
                     {test::run(2, "b", depth, {profileOf(id, other, scale)}),
                      test::run(1, "a", depth, {profileOf(id, own, scale)})},
                     0);
}

QString second(const ChartModel& model, int layer)
{
    return comparisonText(model, *model.series.front(), layer);
}

} // namespace

TEST(RunComparison, positiveQuantitiesHaveARatio)
{
    const auto model = modelOf("gradient_norm", {0, -1, notANumber, -400}, {-3, -1, 0, 0},
                               diagnostics::Scale::Log10);
    ASSERT_TRUE(comparesRuns(model));
    EXPECT_EQ(comparisonTitle(model), "ratio");
    EXPECT_EQ(comparisonText(model, *model.series.back(), 1), "1");
    EXPECT_EQ(second(model, 1), "0.001");
    EXPECT_EQ(second(model, 2), "1");
    EXPECT_EQ(second(model, 3), "—") << "the current run has no value there";
    EXPECT_EQ(second(model, 4), QString::fromUtf8("1.0×10⁴⁰⁰"));
    EXPECT_EQ(second(model, 5), "—");
}

TEST(RunComparison, othersHaveADifference)
{
    const auto model =
        modelOf("activation_mean", {0, 0.5}, {0.25, 0.25}, diagnostics::Scale::Linear);
    EXPECT_EQ(comparisonTitle(model), "difference");
    EXPECT_EQ(comparisonText(model, *model.series.back(), 1), "0");
    EXPECT_EQ(second(model, 1), "+0.25");
    EXPECT_EQ(second(model, 2), QString::fromUtf8("−0.25"));
}

TEST(RunComparison, oneRunIsNotCompared)
{
    const auto run = test::run(1, "a", 4, {test::logProfile("gradient_norm", {0, -1})});
    EXPECT_FALSE(comparesRuns(makeModel(chart("gradient_norm"), {run}, 0)));
}

} // namespace initlens::ui
