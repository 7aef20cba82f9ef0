#include "core/theory/jacobian_spectrum.h"
#include "tests/core/theory/theory_functions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace initlens::theory {
namespace {

JacobianSpectrum spectrumOf(const std::string& activation, Ensemble ensemble,
                            const std::vector<LayersAtVariance>& layers)
{
    return jacobianSpectrum({.phi = testing::functionNamed(activation),
                             .sigmaW2 = 1.2,
                             .ensemble = ensemble,
                             .layers = layers});
}

/// P(|h| < 1): the share of slopes of one of hard_tanh.
double openShare(double q)
{
    return std::erf(1 / std::sqrt(2 * q));
}

TEST(SlopeLaws, LayersOfOneVarianceMayBeToldApart)
{
    for (const Ensemble ensemble : {Ensemble::Gaussian, Ensemble::Orthogonal}) {
        for (const std::string activation : {"tanh", "hard_tanh", "gelu", "leaky_relu", "sin"}) {
            SCOPED_TRACE(activation);
            const auto whole = spectrumOf(activation, ensemble, {{.q = 0.6, .count = 5}});
            const auto parts =
                spectrumOf(activation, ensemble, {{.q = 0.6, .count = 2}, {.q = 0.6, .count = 3}});
            EXPECT_NEAR(parts.logMoments[3], whole.logMoments[3], 1e-12);
            EXPECT_NEAR(parts.logSMax, whole.logSMax, 1e-8);
            EXPECT_NEAR(parts.zeroMass, whole.zeroMass, 1e-15);
            for (std::size_t i = 1; i < spectrumLevels.size(); ++i) {
                EXPECT_NEAR(parts.logQuantiles[i], whole.logQuantiles[i], 1e-7);
            }
        }
    }
}

/// Two projections behind free rotations (Voiculescu 1987): lambda / sigma_w^4 has the share
/// 1 - min(p, p') at zero, p + p' - 1 at one, and between them a bulk of the rest.
TEST(SlopeLaws, ProjectionsKeepTheFewestOpenUnitsAndAnAtom)
{
    const double p = openShare(0.3);
    const double other = openShare(1);
    const auto spectrum =
        spectrumOf("hard_tanh", Ensemble::Orthogonal, {{.q = 0.3, .count = 2}, {.q = 1}});
    EXPECT_NEAR(spectrum.zeroMass, 1 - other, 1e-14);
    ASSERT_EQ(spectrum.atoms.size(), 1U);
    EXPECT_NEAR(spectrum.atoms[0].mass, 1 - 2 * (1 - p) - (1 - other), 1e-14);
    EXPECT_NEAR(spectrum.atoms[0].logS, 1.5 * std::log(1.2), 1e-14);
    EXPECT_NEAR(spectrum.bulkMass, 2 * (1 - p), 1e-14);
}

/// P(larger lambda) of two projections behind free rotations, apart from the atoms: the density
/// sqrt((high - x) (x - low)) / (2 pi x (1 - x)) integrated in the angle of x between its ends.
double bulkAbove(double p, double other, double lambda)
{
    const double centre = p + other - 2 * p * other;
    const double radius = 2 * std::sqrt(p * (1 - p) * other * (1 - other));
    const double from = std::acos(std::clamp((lambda - centre) / radius, -1.0, 1.0));
    constexpr int steps = 20000;
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
        const double angle = from * (i + 0.5) / steps;
        const double x = centre + radius * std::cos(angle);
        const double height = radius * std::sin(angle);
        sum += height * height / (2 * std::numbers::pi * x * (1 - x)) * from / steps;
    }
    return sum;
}

TEST(SlopeLaws, TwoUnlikeProjectionsHaveTheirClosedForm)
{
    for (const auto& [q, otherQ] : {std::pair(0.5, 2.0), std::pair(2.0, 0.5), std::pair(0.3, 0.31),
                                    std::pair(5.0, 20.0), std::pair(1e-2, 50.0)}) {
        SCOPED_TRACE(q);
        const double p = openShare(q);
        const double other = openShare(otherQ);
        JacobianPrediction prediction({.phi = testing::functionNamed("hard_tanh"),
                                       .ensemble = Ensemble::Orthogonal,
                                       .layers = {{.q = q}, {.q = otherQ}}});
        const auto& spectrum = prediction.spectrum();
        ASSERT_EQ(spectrum.reason, "");
        const double atOne = std::max(0.0, p + other - 1);
        EXPECT_NEAR(spectrum.zeroMass, 1 - std::min(p, other), 1e-14);
        EXPECT_NEAR(spectrum.atoms.empty() ? 0 : spectrum.atoms[0].mass, atOne, 1e-14);
        if (spectrum.bulkMass == 0) {
            continue;
        }
        const double centre = p + other - 2 * p * other;
        const double radius = 2 * std::sqrt(p * (1 - p) * other * (1 - other));
        EXPECT_NEAR(std::exp(2 * spectrum.logBulkMin) / (centre - radius), 1, 1e-9);
        EXPECT_NEAR(std::exp(2 * spectrum.logBulkMax) / (centre + radius), 1, 1e-9);
        for (const double place : {0.1, 0.35, 0.6, 0.9}) {
            const double lambda = centre + radius * (2 * place - 1);
            const auto point = prediction.at(std::log(lambda) / 2);
            EXPECT_NEAR(point.massAbove, atOne + bulkAbove(p, other, lambda), 1e-6);
            const double density = std::sqrt(radius * radius - std::pow(lambda - centre, 2)) /
                                   (2 * std::numbers::pi * lambda * (1 - lambda));
            EXPECT_NEAR(point.density / (2 * lambda * density), 1, 1e-9);
        }
    }
}

/// Where two layers share the most zeros, values reach down to zero.
TEST(SlopeLaws, ValuesReachDownToZero)
{
    const double infinity = std::numeric_limits<double>::infinity();
    for (const Ensemble ensemble : {Ensemble::Gaussian, Ensemble::Orthogonal}) {
        EXPECT_EQ(spectrumOf("relu", ensemble, {{.q = 1, .count = 6}}).logBulkMin, -infinity);
        EXPECT_EQ(spectrumOf("hard_tanh", ensemble, {{.q = 1, .count = 2}, {.q = 0.5}}).logBulkMin,
                  -infinity);
    }
}

/// E[lambda] is the product of the layers' means, and of two orthogonal factors
/// E[lambda^2] = m_2 m'_1^2 + m_1^2 m'_2 - m_1^2 m'_1^2.
TEST(SlopeLaws, MomentsOfLayersThatDiffer)
{
    const auto& phi = testing::functionNamed("tanh");
    const SlopeLaw first(phi, 0.3);
    const SlopeLaw second(phi, 1.5);
    const auto& m = first.moments();
    const auto& n = second.moments();
    const auto spectrum = jacobianSpectrum(
        {.phi = phi, .ensemble = Ensemble::Orthogonal, .layers = {{.q = 0.3}, {.q = 1.5}}});
    EXPECT_NEAR(std::exp(spectrum.logMoments[0]), m[0] * n[0], 1e-14);
    const double squares = m[0] * m[0] * n[0] * n[0];
    EXPECT_NEAR(std::exp(spectrum.logMoments[1]), m[1] * n[0] * n[0] + m[0] * m[0] * n[1] - squares,
                1e-14);
}

/// The curve itself has those moments, whatever the layers are.
TEST(SlopeLaws, CurvesOfLayersThatDifferAreDistributions)
{
    const std::vector<LayersAtVariance> layers = {
        {.q = 1, .count = 1}, {.q = 0.6, .count = 2}, {.q = 0.35, .count = 4}};
    for (const Ensemble ensemble : {Ensemble::Gaussian, Ensemble::Orthogonal}) {
        for (const std::string activation : {"tanh", "gelu", "silu", "erf", "softplus", "sigmoid",
                                             "sin", "hard_tanh", "hard_sigmoid"}) {
            SCOPED_TRACE(activation);
            const auto spectrum = spectrumOf(activation, ensemble, layers);
            ASSERT_EQ(spectrum.reason, "");
            double mass = spectrum.zeroMass;
            double mean = 0;
            for (const auto& atom : spectrum.atoms) {
                mass += atom.mass;
                mean += atom.mass * std::exp(2 * atom.logS);
            }
            for (std::size_t i = 1; i < spectrum.curve.size(); ++i) {
                const auto& low = spectrum.curve[i - 1];
                const auto& high = spectrum.curve[i];
                const double part = (low.density + high.density) / 2 * (high.logS - low.logS);
                mass += part;
                mean += part * (std::exp(2 * low.logS) + std::exp(2 * high.logS)) / 2;
                EXPECT_LE(high.massAbove, low.massAbove + 1e-9);
            }
            EXPECT_NEAR(mass, 1, 2e-3);
            EXPECT_NEAR(mean / std::exp(spectrum.logMoments[0]), 1, 5e-3);
        }
    }
}

} // namespace
} // namespace initlens::theory
