#include "core/theory/lyapunov.h"
#include "tests/core/theory/theory_functions.h"

#include <Eigen/QR>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace initlens::theory {
namespace {

/// ln |R_ii| a step of Q R = D W Q', on average over many steps: the exponents by the discrete QR
/// method, D and W drawn anew each time.
std::vector<double> drawnExponents(const ActivationFunction& phi, double q, int width, int steps)
{
    std::mt19937_64 random(7);
    std::normal_distribution<double> normal;
    Eigen::MatrixXd basis = Eigen::MatrixXd::Identity(width, width);
    std::vector<double> sums(static_cast<std::size_t>(width), 0.0);
    std::vector<double> h(static_cast<std::size_t>(width));
    std::vector<double> value(h.size());
    std::vector<double> slope(h.size());
    for (int step = 0; step < steps; ++step) {
        Eigen::MatrixXd weights(width, width);
        for (double& weight : weights.reshaped()) {
            weight = normal(random) / std::sqrt(width);
        }
        for (double& element : h) {
            element = std::sqrt(q) * normal(random);
        }
        phi.evaluate(h, value, slope);
        const Eigen::MatrixXd image =
            Eigen::Map<Eigen::VectorXd>(slope.data(), width).asDiagonal() * (weights * basis);
        const Eigen::HouseholderQR<Eigen::MatrixXd> factors(image);
        basis = factors.householderQ();
        for (int i = 0; i < width; ++i) {
            sums[static_cast<std::size_t>(i)] +=
                std::log(std::abs(factors.matrixQR()(i, i))) / steps;
        }
    }
    return sums;
}

TEST(Lyapunov, OfLinearLayersAreNewmans)
{
    SlopeLaw slopes(testing::functionNamed("linear"), 1);
    const auto newman = lyapunovExponents(20, 1.0);
    const auto found = lyapunovExponents(20, slopes);
    for (std::size_t i = 0; i < newman.size(); ++i) {
        EXPECT_NEAR(found[i], newman[i], 1e-12);
    }
}

TEST(Lyapunov, OfEveryKindOfSlopesAreThoseDrawn)
{
    constexpr int width = 80;
    for (const std::string activation :
         {"tanh", "gelu", "leaky_relu:slope=0.5", "softplus", "elu"}) {
        SCOPED_TRACE(activation);
        const auto& phi = testing::functionNamed(activation);
        const auto drawn = drawnExponents(phi, 1.5, width, 150);
        SlopeLaw slopes(phi, 1.5);
        const auto found = lyapunovExponents(width, slopes);
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_NEAR(found[i], drawn[i], 0.08 + 0.4 / (width - i)) << i;
        }
    }
}

TEST(Lyapunov, BehindGatesAreThoseOfTheOpenUnits)
{
    constexpr int width = 30;
    SlopeLaw slopes(testing::functionNamed("relu"), 1);
    const auto found = lyapunovExponents(width, slopes);
    for (int i = 1; i <= width; ++i) {
        const double exponent = found[static_cast<std::size_t>(i) - 1];
        if (i <= width / 2) {
            EXPECT_NEAR(exponent, (std::log(2.0 / width) + digamma((width / 2.0 - i + 1) / 2)) / 2,
                        1e-12);
        } else {
            EXPECT_EQ(exponent, -std::numeric_limits<double>::infinity());
        }
    }
}

TEST(Lyapunov, FewestOpenUnits)
{
    EXPECT_EQ(fewestOpen(50, 1, 1000), 50);
    EXPECT_NEAR(fewestOpen(50, 0.5, 1), 25, 1e-12);
    std::mt19937_64 random(3);
    std::binomial_distribution<int> open(200, 0.5);
    double mean = 0;
    for (int trial = 0; trial < 200; ++trial) {
        int fewest = 200;
        for (int layer = 0; layer < 400; ++layer) {
            fewest = std::min(fewest, open(random));
        }
        mean += fewest / 200.0;
    }
    EXPECT_NEAR(fewestOpen(200, 0.5, 400), mean, 0.8);
}

} // namespace
} // namespace initlens::theory
