#include "core/theory/jacobian_spectrum.h"
#include "tests/core/theory/theory_functions.h"
#include "tests/support/choices.h"

#include <gtest/gtest.h>

#include <cmath>
#include <ctime>
#include <numbers>

namespace initlens::theory {
namespace {

using activations::Activation;

class JacobianOfRow : public ::testing::TestWithParam<const Activation*> {
protected:
    [[nodiscard]] JacobianLaw law(Ensemble ensemble, std::int64_t depth, double q) const
    {
        return {.phi = functionOf(activations::ActivationChoice(*GetParam())),
                .sigmaW2 = 1.3,
                .ensemble = ensemble,
                .layers = {{.q = q, .count = depth}}};
    }
};
INSTANTIATE_TEST_SUITE_P(EveryRow, JacobianOfRow, ::testing::ValuesIn(Activation::table()),
                         testing::RowName());

double massOf(const JacobianSpectrum& spectrum)
{
    double mass = spectrum.zeroMass;
    for (const SpectrumAtom& atom : spectrum.atoms) {
        mass += atom.mass;
    }
    for (std::size_t i = 1; i < spectrum.curve.size(); ++i) {
        const SpectrumPoint& low = spectrum.curve[i - 1];
        const SpectrumPoint& high = spectrum.curve[i];
        mass += (low.density + high.density) / 2 * (high.logS - low.logS);
    }
    return mass;
}

/// E[lambda] from the distribution function, atoms included.
double meanOf(const JacobianSpectrum& spectrum)
{
    double mean = 0;
    for (const SpectrumAtom& atom : spectrum.atoms) {
        mean += atom.mass * std::exp(2 * atom.logS);
    }
    for (std::size_t i = 1; i < spectrum.curve.size(); ++i) {
        const SpectrumPoint& low = spectrum.curve[i - 1];
        const SpectrumPoint& high = spectrum.curve[i];
        double mass = low.massAbove - high.massAbove;
        for (const SpectrumAtom& atom : spectrum.atoms) {
            mass -= atom.logS > low.logS && atom.logS <= high.logS ? atom.mass : 0;
        }
        mean += mass * (std::exp(2 * low.logS) + std::exp(2 * high.logS)) / 2;
    }
    return mean;
}

void expectSound(const JacobianSpectrum& spectrum)
{
    for (const double moment : spectrum.logMoments) {
        EXPECT_TRUE(std::isfinite(moment));
    }
    EXPECT_TRUE(std::isfinite(spectrum.logSMax));
    for (std::size_t i = 0; i < spectrum.curve.size(); ++i) {
        const SpectrumPoint& point = spectrum.curve[i];
        EXPECT_TRUE(std::isfinite(point.logS) && std::isfinite(point.density));
        EXPECT_GE(point.density, 0);
        if (i > 0) {
            EXPECT_GT(point.logS, spectrum.curve[i - 1].logS);
            EXPECT_LE(point.massAbove, spectrum.curve[i - 1].massAbove + 1e-8);
        }
    }
    for (std::size_t i = 1; i < spectrumLevels.size(); ++i) {
        EXPECT_TRUE(std::isfinite(spectrum.logQuantiles[i]));
        EXPECT_GE(spectrum.logQuantiles[i], spectrum.logQuantiles[i - 1]);
    }
}

TEST_P(JacobianOfRow, MassIsOneAndEverythingFiniteAtAnyDepth)
{
    for (const Ensemble ensemble : {Ensemble::Gaussian, Ensemble::Orthogonal}) {
        if (ensemble == Ensemble::Orthogonal && GetParam()->outputsPerUnit > 1) {
            continue;
        }
        for (const std::int64_t depth : {1, 2, 10, 1000, 10000}) {
            for (const double q : {1e-6, 0.1, 1.0, 30.0}) {
                SCOPED_TRACE(::testing::Message()
                             << (ensemble == Ensemble::Gaussian ? "Gaussian" : "orthogonal")
                             << ", depth " << depth << ", q " << q);
                const std::clock_t start = std::clock();
                const JacobianSpectrum spectrum = jacobianSpectrum(law(ensemble, depth, q));
                const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
                EXPECT_LT(seconds, 1);
#else
                EXPECT_LT(seconds, 60);
#endif
                EXPECT_EQ(spectrum.reason, "");
                expectSound(spectrum);
                // One orthogonal factor has the law of phi'^2 itself. A slope that approaches 1
                // like a Gaussian tail piles up mass next to 1 closer than any grid.
                const bool pilesUp = depth == 1 && ensemble == Ensemble::Orthogonal && q > 10;
                EXPECT_NEAR(massOf(spectrum), 1, pilesUp ? 0.06 : 2e-3);
                // Beside an atom the bulk's own mass is not told apart.
                const bool atomInBulk = !spectrum.atoms.empty() && !spectrum.curve.empty();
                if (depth <= 10 && !atomInBulk) {
                    EXPECT_NEAR(meanOf(spectrum) / std::exp(spectrum.logMoments[0]), 1, 5e-3);
                }
            }
        }
    }
}

TEST_P(JacobianOfRow, HugeAndTinyPreactivationsAreCovered)
{
    for (const Ensemble ensemble : {Ensemble::Gaussian, Ensemble::Orthogonal}) {
        if (ensemble == Ensemble::Orthogonal && GetParam()->outputsPerUnit > 1) {
            continue;
        }
        for (const double q : {1e-8, 1e4}) {
            for (const std::int64_t depth : {1, 3, 10000}) {
                SCOPED_TRACE(::testing::Message() << "depth " << depth << ", q " << q);
                expectSound(jacobianSpectrum(law(ensemble, depth, q)));
            }
        }
    }
}

/// Density is the slope of the distribution, and quantiles are where that has the given level.
TEST_P(JacobianOfRow, DensityDistributionAndQuantilesAgree)
{
    JacobianPrediction prediction(law(Ensemble::Gaussian, 3, 0.7));
    const JacobianSpectrum& spectrum = prediction.spectrum();
    for (std::size_t i = 1; i + 1 < spectrumLevels.size(); ++i) {
        const double x = spectrum.logQuantiles[i];
        const double living = 1 - spectrum.zeroMass;
        EXPECT_NEAR(prediction.at(x).massAbove, (1 - spectrumLevels[i]) * living, 1e-10);
        constexpr double step = 1e-4;
        const double slope =
            (prediction.at(x - step).massAbove - prediction.at(x + step).massAbove) / (2 * step);
        EXPECT_NEAR(prediction.at(x).density, slope, 1e-6 * slope);
    }
}

// Gaussian matrices, s between 0 and 2 for one factor: the quarter circle law.
TEST(JacobianSpectrum, OneGaussianFactorIsAQuarterCircle)
{
    JacobianPrediction prediction(
        {.phi = testing::functionNamed("linear"), .ensemble = Ensemble::Gaussian});
    EXPECT_NEAR(prediction.spectrum().logSMax, std::log(2.0), 1e-12);
    for (const double s : {1e-6, 0.5, 1.0, 1.9, 1.9999}) {
        EXPECT_NEAR(prediction.density(s), std::sqrt(4 - s * s) / std::numbers::pi, 1e-11);
    }
    EXPECT_EQ(prediction.density(2.01), 0);
}

TEST(JacobianSpectrum, OrthogonalLinearLayersAreOneAtom)
{
    for (const std::int64_t depth : {1, 7, 10000}) {
        const JacobianSpectrum spectrum = jacobianSpectrum({.phi = testing::functionNamed("linear"),
                                                            .sigmaW2 = 1.5,
                                                            .ensemble = Ensemble::Orthogonal,
                                                            .layers = {{.count = depth}}});
        ASSERT_EQ(spectrum.atoms.size(), 1U);
        EXPECT_DOUBLE_EQ(spectrum.atoms[0].mass, 1);
        const double expected = static_cast<double>(depth) * std::log(1.5) / 2;
        EXPECT_DOUBLE_EQ(spectrum.atoms[0].logS, expected);
        EXPECT_TRUE(spectrum.curve.empty());
        for (const double quantile : spectrum.logQuantiles) {
            EXPECT_DOUBLE_EQ(quantile, expected);
        }
    }
}

/// Two outputs a unit: half the variance falls to each, and the slopes make an identity.
TEST(JacobianSpectrum, ConcatenatedRectifierIsLinearAtHalfTheVariance)
{
    const JacobianSpectrum pair = jacobianSpectrum(
        {.phi = testing::functionNamed("crelu"), .sigmaW2 = 2, .layers = {{.count = 12}}});
    const JacobianSpectrum linear = jacobianSpectrum(
        {.phi = testing::functionNamed("linear"), .sigmaW2 = 1, .layers = {{.count = 12}}});
    EXPECT_NEAR(pair.logSMax, linear.logSMax, 1e-12);
    EXPECT_NEAR(pair.logQuantiles[3], linear.logQuantiles[3], 1e-12);
    EXPECT_NEAR(pair.logMoments[3], linear.logMoments[3], 1e-12);
}

/// Slopes 1 and a on half of the units each, one orthogonal factor: two atoms; and the closed form
/// of the moments, sigma_w^(2L) mu_1^L.
TEST(JacobianSpectrum, LeakyRectifierHasTwoAtomsInOneFactor)
{
    JacobianLaw law{.phi = testing::functionNamed("leaky_relu:slope=0.25"),
                    .ensemble = Ensemble::Orthogonal};
    const JacobianSpectrum single = jacobianSpectrum(law);
    ASSERT_EQ(single.atoms.size(), 2U);
    EXPECT_NEAR(single.atoms[0].logS, std::log(0.25), 1e-14);
    EXPECT_NEAR(single.atoms[1].logS, 0, 1e-14);
    EXPECT_NEAR(single.atoms[1].mass, 0.5, 1e-14);
    law.layers = {{.count = 10000}};
    const JacobianSpectrum deep = jacobianSpectrum(law);
    EXPECT_TRUE(deep.atoms.empty());
    EXPECT_NEAR(deep.logMoments[0], 10000 * std::log((1 + 0.0625) / 2), 1e-8);
}

TEST(JacobianSpectrum, ImpossibleLawsSayWhy)
{
    const ActivationFunction phi = testing::functionNamed("tanh");
    for (const JacobianLaw& law :
         {JacobianLaw{.phi = phi, .layers = {{.q = 0}}},
          JacobianLaw{.phi = phi, .layers = {{.q = std::nan("")}}},
          JacobianLaw{.phi = phi, .sigmaW2 = -1}, JacobianLaw{.phi = phi, .layers = {{.count = 0}}},
          JacobianLaw{.phi = phi, .layers = {}}}) {
        JacobianPrediction prediction(law);
        EXPECT_NE(prediction.spectrum().reason, "");
        EXPECT_TRUE(prediction.spectrum().curve.empty());
        EXPECT_EQ(prediction.density(1), 0);
    }
}

} // namespace
} // namespace initlens::theory
