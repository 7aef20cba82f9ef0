#include "ui/charts/chart_ranges.h"

#include "tests/ui/charts/readings.h"

#include <gtest/gtest.h>

namespace initlens::ui {

namespace {

const PlotRanges whole = {{0, 100}, {-50, 50}};
const QSizeF narrowest(2, 0.1);

TEST(Zoom, keepsTheAnchorInPlace)
{
    const auto zoomed = zoomedAround(whole, {25, 0}, 0.5, Qt::Horizontal | Qt::Vertical);
    EXPECT_EQ(zoomed, (PlotRanges{{12.5, 62.5}, {-25, 25}}));
    EXPECT_EQ(zoomedAround(whole, {25, 0}, 0.5, Qt::Horizontal).vertical, whole.vertical);
    EXPECT_EQ(zoomedAround(whole, {25, 0}, 0.5, Qt::Vertical).horizontal, whole.horizontal);
}

TEST(Zoom, staysWithinTheWhole)
{
    EXPECT_EQ(allowedZoom({{-20, 10}, {0, 10}}, whole, narrowest), (PlotRanges{{0, 30}, {0, 10}}));
    EXPECT_EQ(allowedZoom({{90, 120}, {0, 10}}, whole, narrowest)->horizontal,
              (AxisRange{70, 100}));
}

TEST(Zoom, outToTheWholeIsNoZoom)
{
    EXPECT_EQ(allowedZoom(whole, whole, narrowest), std::nullopt);
    EXPECT_EQ(allowedZoom({{-500, 500}, {-500, 500}}, whole, narrowest), std::nullopt);
}

TEST(Zoom, neverGetsNarrowerThanAllowed)
{
    const auto zoomed = allowedZoom({{10, 10}, {3, 3}}, whole, narrowest);
    EXPECT_DOUBLE_EQ(zoomed->horizontal.size(), 2);
    EXPECT_NEAR(zoomed->vertical.size(), 0.1, 1e-12);
    EXPECT_EQ(allowedZoom({{0.2, 0.2}, {0, 0}}, {{0, 1}, {0, 1}}, {2, 2}), std::nullopt);
}

TEST(ChartRanges, aZoomSurvivesNewDataAndAResetShowsAll)
{
    auto runs = test::threeRuns();
    const auto id = test::chart("gradient_norm");
    ChartRanges ranges;
    EXPECT_FALSE(ranges.isZoomed());
    ranges.update(makeModel(id, runs, 0));
    const PlotRanges all = ranges.shown();
    EXPECT_FALSE(ranges.reset());
    ranges.zoom({{10, 20}, {-30, -10}});
    EXPECT_TRUE(ranges.isZoomed());
    ranges.update(makeModel(id, runs, 0));
    EXPECT_EQ(ranges.shown(), (PlotRanges{{10, 20}, {-30, -10}}));
    EXPECT_TRUE(ranges.reset());
    EXPECT_EQ(ranges.shown(), all);
}

TEST(ChartRanges, theAxisHoldsStillWhileACurveGrows)
{
    const auto id = test::chart("gradient_norm");
    const auto shownAfter = [&id](ChartRanges& ranges, const std::vector<double>& values) {
        ranges.update(
            makeModel(id, {test::run(1, "a", 4, {test::logProfile("gradient_norm", values)})}, 0));
        return ranges.shown();
    };
    ChartRanges ranges;
    const auto first = shownAfter(ranges, {-40, 0});
    const auto second = shownAfter(ranges, {0});
    EXPECT_EQ(second.vertical, first.vertical);
    EXPECT_EQ(second.horizontal, first.horizontal);
    const auto settled = shownAfter(ranges, {0, 0, 0, 0});
    EXPECT_LT(settled.vertical.size(), 10);
}

} // namespace

} // namespace initlens::ui
