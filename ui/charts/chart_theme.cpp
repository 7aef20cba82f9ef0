#include "ui/charts/chart_theme.h"

#include <array>

namespace initlens::ui {

namespace {

constexpr std::array markers = {Marker::Disc, Marker::Square, Marker::Triangle,    Marker::Diamond,
                                Marker::Star, Marker::Cross,  Marker::TriangleDown};
constexpr std::array lines = {Qt::SolidLine, Qt::DashDotLine, Qt::DotLine};

/// Okabe and Ito 2008, in an order that keeps neighbours far apart.
const std::vector<QColor> okabeIto = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                      "#e69f00", "#56b4e9", "#333333"};
const std::vector<QColor> okabeItoOnDark = {"#4aa8e0", "#f0803c", "#2cc295", "#dc93ba",
                                            "#f0b429", "#8fd0f5", "#f0e442"};

} // namespace

ChartTheme lightChartTheme()
{
    ChartTheme theme;
    theme.page = "#f3f5f8";
    theme.background = "#ffffff";
    theme.border = "#dde1e8";
    theme.axis = "#b9bfca";
    theme.grid = "#eceef2";
    theme.text = "#1f2733";
    theme.mutedText = "#66707f";
    theme.accent = "#0072b2";
    theme.crosshair = "#7c8594";
    theme.zeroStrip = "#c3ccda";
    theme.hatch = "#c4cad4";
    theme.readout = "#ffffff";
    theme.readoutBorder = "#cfd5de";
    theme.series = okabeIto;
    theme.fontFamily = QStringLiteral("Inter");
    return theme;
}

ChartTheme darkChartTheme()
{
    ChartTheme theme = lightChartTheme();
    theme.page = "#14171c";
    theme.background = "#1c2027";
    theme.border = "#2e343e";
    theme.axis = "#505968";
    theme.grid = "#2a303a";
    theme.text = "#e8ebf0";
    theme.mutedText = "#9aa4b3";
    theme.accent = "#4aa8e0";
    theme.crosshair = "#8e98a8";
    theme.zeroStrip = "#4b5566";
    theme.hatch = "#4a5260";
    theme.readout = "#252b34";
    theme.readoutBorder = "#414a58";
    theme.series = okabeItoOnDark;
    theme.bandOpacity = 0.2;
    return theme;
}

ChartTheme printChartTheme()
{
    ChartTheme theme = lightChartTheme();
    theme.page = "#ffffff";
    theme.border = "#ffffff";
    theme.axis = "#4a4f57";
    theme.grid = "#e4e6ea";
    theme.text = "#000000";
    theme.mutedText = "#33373d";
    theme.curveWidth = 1.4;
    theme.axisWidth = 0.8;
    theme.gridWidth = 0.6;
    theme.markerSize = 6;
    theme.textSize = 11;
    theme.smallTextSize = 10;
    theme.titleSize = 13;
    return theme;
}

SeriesStyle seriesStyle(const ChartTheme& theme, int style)
{
    const auto index = static_cast<std::size_t>(style < 0 ? -(style + 1) : style);
    return {theme.series.empty() ? theme.text : theme.series[index % theme.series.size()],
            markers[index % markers.size()], lines[index / markers.size() % lines.size()]};
}

QFont chartFont(const ChartTheme& theme, int pixels, QFont::Weight weight)
{
    QFont font(theme.fontFamily);
    font.setPixelSize(pixels);
    font.setWeight(weight);
    font.setStyleHint(QFont::SansSerif);
    return font;
}

} // namespace initlens::ui
