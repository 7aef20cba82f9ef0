#include "ui/charts/chart_absence.h"

#include "tests/ui/charts/readings.h"

#include "core/data/input.h"
#include "core/spectrum/scope.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace initlens::ui {

namespace {

using test::chart;

QString absence(const char* key, const std::vector<ShownRun>& runs, int selectedLayer = 0)
{
    return makeModel(chart(key), runs, selectedLayer).absence;
}

TEST(Absence, aChartWithDataNeedsNoWords)
{
    EXPECT_EQ(absence("gradient_norm", test::threeRuns()), "");
    EXPECT_EQ(absence("jacobian_singular_values_at_layer", test::threeRuns()), "");
}

TEST(Absence, noRunIsShown)
{
    auto runs = test::threeRuns();
    for (ShownRun& run : runs) {
        run.visible = false;
    }
    EXPECT_TRUE(absence("gradient_norm", runs).contains("No run is shown"));
    EXPECT_TRUE(absence("gradient_norm", {}).contains("No run is shown"));
}

TEST(Absence, nothingMeasuredYet)
{
    EXPECT_TRUE(absence("gradient_norm", {test::run(1, "a", 5, {})}).contains("No data yet"));
}

TEST(Absence, pairsAreMissing)
{
    auto run = test::run(1, "a", 5, {});
    const auto inputs = data::Input::table();
    const auto with = [&inputs](bool pairs) {
        return data::InputChoice(
            **std::find_if(inputs.begin(), inputs.end(),
                           [pairs](const auto* row) { return row->pairs == pairs; }));
    };
    run.spec.input = with(false);
    const QString text = absence("input_correlation", {run});
    EXPECT_TRUE(text.contains("pairs"));
    EXPECT_TRUE(text.contains(QString::fromUtf8(with(true)->head.label.data())));
    run.spec.input = with(true);
    EXPECT_TRUE(absence("input_correlation", {run}).contains("No data yet"));
}

TEST(Absence, theJacobianIsNotMeasured)
{
    auto run = test::run(1, "a", 5, {});
    EXPECT_TRUE(absence("jacobian_singular_values", {run}).contains("No data yet"));
    run.spec.jacobian =
        Choice<spectrum::Scope>(*findRow(spectrum::Scope::table(), std::string_view("none")));
    EXPECT_TRUE(absence("jacobian_singular_values", {run}).contains("not measured"));
}

TEST(Absence, everythingIsZeroOrNotFinite)
{
    const auto zeros = test::run(1, "a", 1, {test::spectrum({{.layer = 1, .exactZeros = 8}})});
    EXPECT_TRUE(absence("jacobian_singular_values_at_layer", {zeros}).contains("All 8 values"));
    const auto overflow = test::run(1, "a", 2, {test::spectrum({{.layer = 2, .finite = false}})});
    EXPECT_TRUE(absence("jacobian_singular_values_at_layer", {overflow}).contains("No finite"));
}

} // namespace

} // namespace initlens::ui
