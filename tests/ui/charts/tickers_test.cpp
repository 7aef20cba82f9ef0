#include "ui/charts/tickers.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::ui {

namespace {

struct Ticks {
    QVector<double> at;
    QVector<double> between;
    QVector<QString> labels;
};

template <class Ticker>
Ticks ticksOf(double lower, double upper, int count = 5)
{
    Ticker ticker;
    ticker.setTickCount(count);
    Ticks ticks;
    ticker.generate(QCPRange(lower, upper), QLocale::c(), QLatin1Char('g'), 6, ticks.at,
                    &ticks.between, &ticks.labels);
    return ticks;
}

TEST(Tickers, powersOfTenOnly)
{
    for (const double decades : {2.0, 9.0, 40.0, 700.0, 1e5}) {
        const Ticks ticks = ticksOf<PowerTicker>(-decades, 1);
        EXPECT_GE(ticks.at.size(), 2) << decades;
        EXPECT_LE(ticks.at.size(), 9) << decades;
        for (qsizetype i = 0; i < ticks.at.size(); ++i) {
            EXPECT_EQ(ticks.at[i], std::round(ticks.at[i])) << decades;
        }
    }
    EXPECT_TRUE(ticksOf<PowerTicker>(-20, 1).labels.contains(QString::fromUtf8("10⁻²⁰")));
    EXPECT_TRUE(ticksOf<PowerTicker>(-20, 1).labels.contains("1"));
}

TEST(Tickers, decadesHaveTheirInnerMarks)
{
    const Ticks ticks = ticksOf<PowerTicker>(-2, 1);
    const auto has = [&ticks](double value) {
        return std::any_of(ticks.between.begin(), ticks.between.end(),
                           [value](double tick) { return std::abs(tick - value) < 1e-12; });
    };
    EXPECT_TRUE(has(std::log10(0.02)));
    EXPECT_TRUE(has(std::log10(9)));
    EXPECT_TRUE(ticksOf<PowerTicker>(-40, 1).between.isEmpty());
}

TEST(Tickers, aZoomedDecadeShowsItsNumbers)
{
    const Ticks ticks = ticksOf<PowerTicker>(0, 1);
    EXPECT_TRUE(ticks.labels.contains("2"));
    EXPECT_TRUE(ticks.labels.contains("5"));
    const Ticks fine = ticksOf<PowerTicker>(std::log10(1.0), std::log10(1.1));
    EXPECT_GE(fine.at.size(), 3);
    EXPECT_EQ(QSet<QString>(fine.labels.begin(), fine.labels.end()).size(), fine.labels.size());
}

TEST(Tickers, layersAreWholeNumbers)
{
    for (const double depth : {1.0, 2.0, 7.0, 100.0, 1e5}) {
        const Ticks ticks = ticksOf<LayerTicker>(0.5, depth + 0.5);
        EXPECT_GE(ticks.at.size(), 1) << depth;
        for (const double tick : ticks.at) {
            EXPECT_EQ(tick, std::round(tick)) << depth;
        }
    }
}

TEST(Tickers, numbersHaveATrueMinus)
{
    const Ticks ticks = ticksOf<NumberTicker>(-1, 1);
    EXPECT_TRUE(ticks.labels.contains("0"));
    EXPECT_TRUE(ticks.labels.contains(QString::fromUtf8("−1")));
}

} // namespace

} // namespace initlens::ui
