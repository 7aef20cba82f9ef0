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

diagnostics::LayerSpectrum equallySpaced(int count, double from, double to)
{
    diagnostics::LayerSpectrum spectrum;
    spectrum.log10Resolution = -infinity;
    for (int i = 0; i < count; ++i) {
        spectrum.log10Values.push_back(to + (from - to) * i / std::max(count - 1, 1));
    }
    return spectrum;
}

TEST(Density, quantilesInterpolateBetweenNeighbours)
{
    const std::vector<double> descending = {4, 3, 2, 1, 0};
    const BandQuantiles quantiles = bandQuantiles(descending);
    const BandQuantiles expected = {0, 0.2, 1, 2, 3, 3.8, 4};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(quantiles[i], expected[i], 1e-12);
    }
    const std::vector<double> single = {7};
    for (const double quantile : bandQuantiles(single)) {
        EXPECT_EQ(quantile, 7);
    }
    for (const double quantile : bandQuantiles({})) {
        EXPECT_TRUE(std::isnan(quantile));
    }
}

TEST(Density, theAreaIsTheShareOfTheValuesThatAreNotZero)
{
    for (const int count : {1, 2, 7, 100, 4096}) {
        auto spectrum = equallySpaced(count, -3, 1);
        EXPECT_NEAR(areaOf(spectrumDensity(spectrum, 1)), 1, 1e-9) << count;
        spectrum.exactZeros = 3L * count;
        EXPECT_NEAR(areaOf(spectrumDensity(spectrum, 1)), 0.25, 1e-9) << count;
    }
}

TEST(Density, equalSingularValuesMakeOneNarrowBar)
{
    const Density density = spectrumDensity(equallySpaced(500, 0, 0), 3);
    EXPECT_EQ(density.layer, 3);
    ASSERT_EQ(density.heights.size(), 1U);
    EXPECT_LT(density.edges.front(), 0);
    EXPECT_GT(density.edges.back(), 0);
    EXPECT_LT(density.edges.back() - density.edges.front(), 0.1);
}

TEST(Density, countsWhatItCannotShow)
{
    diagnostics::LayerSpectrum spectrum;
    spectrum.log10Values = {infinity, 1, 0};
    spectrum.exactZeros = 2;
    const Density density = spectrumDensity(spectrum, 1);
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
