#include "ui/charts/phase_colours.h"

#include "ui/charts/tickers.h"

#include <cmath>
#include <limits>

namespace initlens::ui {

namespace {

constexpr double octaves = 2; // of chi_1 on either side of 1

bool isDark(const ChartTheme& theme)
{
    return theme.background.lightness() < theme.text.lightness();
}

} // namespace

double phaseLevel(const theory::PhasePoint& point, PhaseColouring colouring)
{
    const auto value = colouring == PhaseColouring::Slope ? point.chi1 : point.gradientDepth();
    if (!value) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const QCPRange levels = phaseLevels(colouring);
    const double level =
        colouring == PhaseColouring::Slope ? std::log2(*value) : std::log10(*value);
    return std::clamp(level, levels.lower, levels.upper);
}

QCPRange phaseLevels(PhaseColouring colouring)
{
    constexpr double longest = 3; // 1000 layers
    return colouring == PhaseColouring::Slope ? QCPRange(-octaves, octaves) : QCPRange(0, longest);
}

QCPColorGradient phaseGradient(const ChartTheme& theme, PhaseColouring colouring)
{
    const bool dark = isDark(theme);
    QMap<double, QColor> stops;
    if (colouring == PhaseColouring::Slope) {
        stops = dark ? QMap<double, QColor>{{0, "#5fb4f2"},
                                            {0.25, "#2a6ea3"},
                                            {0.5, "#23272f"},
                                            {0.75, "#a8492a"},
                                            {1, "#ff9a6b"}}
                     : QMap<double, QColor>{{0, "#1a5a96"},
                                            {0.25, "#7fb2da"},
                                            {0.5, "#fbfbfa"},
                                            {0.75, "#f0a583"},
                                            {1, "#b3401a"}};
    } else {
        stops = dark ? QMap<double, QColor>{{0, "#20242c"},
                                            {0.35, "#3d4a86"},
                                            {0.65, "#8f6fa0"},
                                            {1, "#ffd36b"}}
                     : QMap<double, QColor>{
                           {0, "#f7f7f4"}, {0.35, "#b9c6e0"}, {0.65, "#7d6aa8"}, {1, "#3b1d5c"}};
    }
    QCPColorGradient gradient;
    gradient.clearColorStops();
    gradient.setColorStops(stops);
    gradient.setLevelCount(256);
    gradient.setNanHandling(QCPColorGradient::nhNanColor);
    gradient.setNanColor(theme.page);
    return gradient;
}

QSharedPointer<QCPAxisTicker> phaseTicker(PhaseColouring colouring)
{
    if (colouring == PhaseColouring::Depth) {
        return QSharedPointer<PowerTicker>::create();
    }
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    ticker->addTick(-2, QStringLiteral("0.25"));
    ticker->addTick(-1, QStringLiteral("0.5"));
    ticker->addTick(0, QStringLiteral("1"));
    ticker->addTick(1, QStringLiteral("2"));
    ticker->addTick(2, QStringLiteral("4"));
    return ticker;
}

} // namespace initlens::ui
