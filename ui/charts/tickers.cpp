#include "ui/charts/tickers.h"

#include "ui/charts/axis_range.h"
#include "ui/charts/chart_text.h"

#include <cmath>

namespace initlens::ui {

namespace {

constexpr double fewestDecades = 1.5;
constexpr double decadesWithSubTicks = 8;

/// The numbers first to last in steps that suit their distance, as log10.
QVector<double> roundNumbers(const QCPRange& range, int count)
{
    const double first = std::pow(10.0, range.lower);
    const double last = std::pow(10.0, range.upper);
    const double step = roundStep((last - first) / count);
    QVector<double> ticks;
    if (step <= 0 || !std::isfinite(step)) {
        return ticks;
    }
    for (double i = std::ceil(first / step); i * step <= last; ++i) {
        if (i > 0) {
            ticks << std::log10(i * step);
        }
    }
    return ticks;
}

/// One, two and five times the powers of ten.
QVector<double> oneTwoFive(const QCPRange& range)
{
    QVector<double> ticks;
    for (double decade = std::floor(range.lower); decade <= range.upper; ++decade) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            ticks << decade + std::log10(factor);
        }
    }
    return ticks;
}

} // namespace

double PowerTicker::getTickStep(const QCPRange& range)
{
    return std::max(1.0, roundStep(range.size() / tickCount()));
}

int PowerTicker::getSubTickCount(double tickStep)
{
    return tickStep == 1 ? 8 : 0;
}

QString PowerTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return std::abs(tick - std::round(tick)) < 1e-9 ? powerText(static_cast<int>(std::lround(tick)))
                                                    : magnitudeText(tick);
}

QVector<double> PowerTicker::createTickVector(double tickStep, const QCPRange& range)
{
    if (range.size() >= fewestDecades) {
        return QCPAxisTicker::createTickVector(tickStep, range);
    }
    return range.size() > 0.7 ? oneTwoFive(range) : roundNumbers(range, tickCount());
}

QVector<double> PowerTicker::createSubTickVector(int subTickCount, const QVector<double>& ticks)
{
    QVector<double> subTicks;
    const bool whole = !ticks.isEmpty() && ticks.size() < decadesWithSubTicks &&
                       ticks.first() == std::round(ticks.first());
    if (subTickCount == 0 || !whole || ticks.size() < 2 || ticks[1] - ticks[0] != 1) {
        return subTicks;
    }
    for (const double tick : ticks) {
        for (int factor = 2; factor <= 9; ++factor) {
            subTicks << tick + std::log10(factor);
        }
    }
    return subTicks;
}

double LayerTicker::getTickStep(const QCPRange& range)
{
    return std::max(1.0, roundStep(range.size() / tickCount()));
}

int LayerTicker::getSubTickCount(double)
{
    return 0;
}

QString LayerTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return QString::number(std::llround(tick));
}

QVector<double> NumberTicker::createTickVector(double tickStep, const QCPRange& range)
{
    QVector<double> ticks = QCPAxisTicker::createTickVector(tickStep, range);
    ticks.removeIf([this](double tick) { return tick < m_lowest; });
    return ticks;
}

int NumberTicker::getSubTickCount(double)
{
    return 0;
}

QString NumberTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return numberText(std::abs(tick) < 1e-300 ? 0 : tick, 6);
}

} // namespace initlens::ui
