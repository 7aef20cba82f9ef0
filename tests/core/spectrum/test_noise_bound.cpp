#include "core/spectrum/noise_bound.h"

#include "core/base/matrix.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>

#include <algorithm>
#include <cmath>
#include <random>

namespace initlens::spectrum {

namespace {

using Square = Eigen::MatrixXd;

Square noiseOf(Index size, double element, std::mt19937& random)
{
    std::normal_distribution<double> normal(0, element);
    return Square::NullaryExpr(size, size, [&] { return normal(random); });
}

/// Values that stand alone, in pairs, in one crowd, in a few crowds, and at an edge.
std::vector<std::vector<double>> spectra(Index size)
{
    std::vector<std::vector<double>> all(5);
    for (Index i = 0; i < size; ++i) {
        const double x = static_cast<double>(i) / static_cast<double>(size);
        all[0].push_back(std::exp(-4 * x));
        all[1].push_back(std::exp(-4 * std::floor(x * static_cast<double>(size) / 2) * 2 /
                                  static_cast<double>(size)));
        all[2].push_back(1);
        all[3].push_back(std::pow(10.0, -std::floor(3 * x)));
        all[4].push_back(1.001 - x * x);
    }
    return all;
}

TEST(NoiseBound, HoldsForSingularValuesAndEigenvalues)
{
    std::mt19937 random(5);
    constexpr Index size = 60;
    double closest = 0;
    for (const auto& values : spectra(size)) {
        const Square diagonal = Eigen::Map<const Eigen::VectorXd>(values.data(), size).asDiagonal();
        for (const double element : {1e-8, 1e-5, 1e-3}) {
            const auto single =
                noiseBounds(values, {.element = element, .mirrored = true, .others = 2 * size});
            const auto symmetric = noiseBounds(values, {.element = element});
            for (int repeat = 0; repeat < 5; ++repeat) {
                const Square noise = noiseOf(size, element, random);
                const Eigen::VectorXd found =
                    Eigen::JacobiSVD<Square>(diagonal + noise).singularValues();
                const Square even = (noise + noise.transpose()) / std::sqrt(2.0);
                const Eigen::VectorXd eigen =
                    Eigen::SelfAdjointEigenSolver<Square>(diagonal + even).eigenvalues();
                for (Index i = 0; i < size; ++i) {
                    const auto at = static_cast<std::size_t>(i);
                    EXPECT_LE(std::abs(found[i] - values[at]), single[at]) << i;
                    EXPECT_LE(std::abs(eigen[size - 1 - i] - values[at]), 1.5 * symmetric[at]);
                    closest = std::max(closest, std::abs(found[i] - values[at]) / single[at]);
                }
            }
        }
    }
    EXPECT_GT(closest, 0.3) << "the bound says nothing";
}

TEST(NoiseBound, OfAValueThatStandsAloneDoesNotGrowWithTheOthers)
{
    std::vector<double> values(1000, 1.0);
    values.push_back(1e-3);
    const auto bounds = noiseBounds(values, {.element = 1e-8});
    EXPECT_LT(bounds.back(), 5e-8);
    EXPECT_GT(bounds.front(), 2e-8 * std::sqrt(1000.0));
}

} // namespace

} // namespace initlens::spectrum
