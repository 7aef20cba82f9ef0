#include "ui/charts/density.h"

#include "tests/ui/charts/readings.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::ui {

namespace {

using test::infinity;

double areaOf(const Density& density)
{
    double area = 0;
    for (std::size_t i = 0; i < density.heights.size(); ++i) {
        area += density.heights[i] * (density.edges[i + 1] - density.edges[i]);
    }
    return area;
}

using diagnostics::Scale;

std::vector<double> equallySpaced(int count, double from, double to)
{
    std::vector<double> descending;
    for (int i = 0; i < count; ++i) {
        descending.push_back(to + (from - to) * i / std::max(count - 1, 1));
    }
    return descending;
}

TEST(Density, theAreaIsTheShareOfTheValuesThatAreNotZero)
{
    for (const int count : {1, 2, 7, 100, 4096}) {
        const auto values = equallySpaced(count, -3, 1);
        for (const Scale scale : {Scale::Log10, Scale::Linear}) {
            EXPECT_NEAR(areaOf(spectrumDensity({.log10Values = values}, scale)), 1, 1e-9) << count;
            const SpectrumValues withZeros{.log10Values = values, .exactZeros = 3L * count};
            EXPECT_NEAR(areaOf(spectrumDensity(withZeros, scale)), 0.25, 1e-9) << count;
        }
    }
}

TEST(Density, equalSingularValuesMakeOneNarrowBar)
{
    const auto ones = equallySpaced(500, 0, 0);
    for (const Scale scale : {Scale::Log10, Scale::Linear}) {
        const Density density = spectrumDensity({.log10Values = ones}, scale);
        const double one = scale == Scale::Linear ? 1 : 0;
        ASSERT_EQ(density.heights.size(), 1U);
        EXPECT_LT(density.edges.front(), one);
        EXPECT_GT(density.edges.back(), one);
        EXPECT_LT(density.edges.back() - density.edges.front(), 0.1);
    }
}

TEST(Density, aLinearAxisBeginsAtZeroAndRefusesWhatItCannotHold)
{
    const auto spread = equallySpaced(400, -40, 1);
    const Density density = spectrumDensity({.log10Values = spread}, Scale::Linear);
    EXPECT_EQ(density.edges.front(), 0);
    EXPECT_DOUBLE_EQ(density.largest, 10);
    EXPECT_NEAR(areaOf(density), 1, 1e-9);
    for (const double power : {400.0, -400.0}) {
        const auto far = equallySpaced(10, power - 1, power);
        const Density beyond = spectrumDensity({.log10Values = far}, Scale::Linear);
        EXPECT_TRUE(beyond.beyondAxis);
        EXPECT_TRUE(beyond.heights.empty());
        EXPECT_FALSE(spectrumDensity({.log10Values = far}, Scale::Log10).beyondAxis);
    }
}

TEST(Density, countsWhatItCannotShow)
{
    const std::vector<double> values = {infinity, 1, 0};
    const Density density = spectrumDensity({.log10Values = values, .exactZeros = 2}, Scale::Log10);
    EXPECT_EQ(density.total, 5);
    EXPECT_EQ(density.zeros, 2);
    EXPECT_EQ(density.notFinite, 1);
    EXPECT_EQ(density.largest, 1);
    EXPECT_NEAR(areaOf(density), 0.4, 1e-9);
}

TEST(Density, aHistogramLeavesOutExactZeros)
{
    const diagnostics::Histogram histogram{.id = {},
                                           .layer = 4,
                                           .edges = {-1, -0.5, 0, 0.5, 1},
                                           .counts = {0, 0, 70, 30},
                                           .exactZeros = 50};
    const Density density = histogramDensity(histogram);
    EXPECT_EQ(density.layer, 4);
    EXPECT_EQ(density.total, 100);
    EXPECT_NEAR(density.heights[2], 20 / (0.5 * 100), 1e-12);
    EXPECT_NEAR(areaOf(density), 0.5, 1e-12);
    EXPECT_GE(density.median, 0);
    EXPECT_LE(density.median, 0.5);
}

TEST(Density, aHistogramWhoseEdgesDoNotFitIsEmpty)
{
    const Density density = histogramDensity({.id = {}, .edges = {0, 1}, .counts = {1, 2}});
    EXPECT_TRUE(density.heights.empty());
    EXPECT_EQ(density.total, 3);
}

} // namespace

} // namespace initlens::ui
