#include "ui/charts/chart_theme.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <tuple>

namespace initlens::ui {

namespace {

// Relative luminance and contrast as the Web Content Accessibility Guidelines 2.1 define them.
double luminance(const QColor& colour)
{
    const auto channel = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) +
           0.0722 * channel(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a) + 0.05;
    const double y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

TEST(ChartTheme, textCanBeRead)
{
    for (const ChartTheme& theme : {lightChartTheme(), darkChartTheme(), printChartTheme()}) {
        EXPECT_GE(contrast(theme.text, theme.background), 7);
        EXPECT_GE(contrast(theme.mutedText, theme.background), 4.5);
        EXPECT_GE(contrast(theme.mutedText, theme.readout), 4.5);
        EXPECT_GE(contrast(theme.accent, theme.background), 3);
    }
}

TEST(ChartTheme, twentyOneRunsLookDifferent)
{
    std::set<std::tuple<QRgb, int, int>> looks;
    for (int style = 0; style < 21; ++style) {
        const SeriesStyle look = seriesStyle(lightChartTheme(), style);
        looks.emplace(look.colour.rgb(), static_cast<int>(look.marker),
                      static_cast<int>(look.line));
    }
    EXPECT_EQ(looks.size(), 21U);
}

TEST(ChartTheme, anyNumberIsAStyle)
{
    for (const int style : {-1, -1'000'000'000, 1'000'000'000}) {
        EXPECT_TRUE(seriesStyle(darkChartTheme(), style).colour.isValid());
    }
    ChartTheme plain = lightChartTheme();
    plain.series.clear();
    EXPECT_EQ(seriesStyle(plain, 3).colour, plain.text);
}

} // namespace

} // namespace initlens::ui
