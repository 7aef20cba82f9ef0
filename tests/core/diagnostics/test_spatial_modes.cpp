#include "core/diagnostics/spatial_modes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace initlens::diagnostics {

namespace {

/// Every pixel becomes the mean of itself and its eight neighbours.
Matrix<double> blurred(const Matrix<double>& pattern, Index side)
{
    Matrix<double> result = Matrix<double>::Zero(pattern.rows(), pattern.cols());
    for (Index row = 0; row < side; ++row) {
        for (Index column = 0; column < side; ++column) {
            for (Index tap = 0; tap < 9; ++tap) {
                const Index from =
                    (row + tap / 3 - 1 + side) % side * side + (column + tap % 3 - 1 + side) % side;
                result.row(row * side + column) += pattern.row(from) / 9;
            }
        }
    }
    return result;
}

TEST(ModeRegression, FindsWhatABlurDoesToWaves)
{
    for (const Index side : {2, 5, 8}) {
        Matrix<double> pattern = (Matrix<double>::Random(side * side, 3).array() + 2).matrix();
        ModeRegression regression(side);
        double scale = 1;
        for (int layer = 0; layer < 4; ++layer) {
            regression.add(pattern, scale);
            // A scale that grows with the pattern leaves the factors alone.
            pattern = 3 * blurred(pattern, side);
            scale *= 3;
        }
        const auto factors = regression.factors();
        ASSERT_EQ(std::ssize(factors), side / 2);
        for (Index wave = 1; wave <= side / 2; ++wave) {
            const double theta =
                2 * std::numbers::pi * static_cast<double>(wave) / static_cast<double>(side);
            EXPECT_NEAR(factors[static_cast<std::size_t>(wave - 1)],
                        3 * (1 + 2 * std::cos(theta)) / 3, 1e-12)
                << side << ", " << wave;
        }
    }
}

TEST(ModeRegression, KnowsNothingOfOneLayer)
{
    ModeRegression regression(4);
    regression.add(Matrix<double>::Random(16, 2), 1);
    for (const double factor : regression.factors()) {
        EXPECT_TRUE(std::isnan(factor));
    }
}

TEST(WaveNumbers, EndAtTheFinestPattern)
{
    EXPECT_EQ(waveNumbers(8), (std::vector<double>{0.25, 0.5, 0.75, 1}));
    EXPECT_EQ(waveNumbers(3), (std::vector<double>{2.0 / 3}));
}

} // namespace

} // namespace initlens::diagnostics
