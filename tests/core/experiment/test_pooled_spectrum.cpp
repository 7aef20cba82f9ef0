#include "core/experiment/pooled_spectrum.h"

#include "tests/support/specs.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace initlens::experiment {

namespace {

using diagnostics::Spectrum;
using testing::makeSpec;
using testing::readingOf;

const std::string singularValues = "jacobian_singular_values";

TEST(PooledSpectrum, PutsValuesTogetherAndKeepsTheSpreadOfTheirQuantiles)
{
    const auto of = [](std::vector<double> values, std::int64_t zeros) {
        return std::make_shared<const spectrum::LayerSpectrum>(
            spectrum::LayerSpectrum{std::move(values), zeros});
    };
    const auto pooled = pooledOf({of({3, 1, -5}, 1), nullptr, of({2, 2, 0, -1}, 0)});
    EXPECT_EQ(pooled.replicas, 2);
    EXPECT_EQ(pooled.exactZeros, 1);
    EXPECT_EQ(pooled.log10Values, (std::vector<double>{3, 2, 2, 1, 0, -1, -5}));
    EXPECT_EQ(pooled.quantiles.front(), -3) << "mean of the smallest values";
    EXPECT_EQ(pooled.quantiles.back(), 2.5) << "mean of the largest values";
    EXPECT_NEAR(pooled.low.back(), 2.16, 1e-12);
    EXPECT_NEAR(pooled.high.back(), 2.84, 1e-12);
}

TEST(PooledSpectrum, WithoutAnyFiniteJacobianThereIsNothing)
{
    const auto pooled = pooledOf({nullptr, nullptr});
    EXPECT_EQ(pooled.replicas, 0);
    EXPECT_TRUE(pooled.log10Values.empty());
    EXPECT_TRUE(std::isnan(pooled.quantiles.front()));
}

TEST(PooledSpectrum, SamplesOfALinearNetworkAreAlike)
{
    auto spec = makeSpec({.activation = "linear", .depth = 3, .width = 10});
    spec.jacobianSamples = 4;
    const auto record = testing::runToEnd(spec, 2);
    const auto& reading = readingOf<Spectrum>(*record, singularValues);
    ASSERT_EQ(reading.pooled.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& pooled = *reading.pooled[i];
        EXPECT_EQ(pooled.replicas, 4);
        ASSERT_EQ(pooled.log10Values.size(), 40U);
        for (std::size_t k = 0; k < 40; ++k) {
            EXPECT_NEAR(pooled.log10Values[k], reading.spectra[i]->log10Values[k / 4], 1e-12);
        }
        for (std::size_t level = 0; level < spectrum::quantileLevels.size(); ++level) {
            EXPECT_NEAR(pooled.low[level], pooled.high[level], 1e-12);
        }
    }
}

TEST(PooledSpectrum, TrialsAndSamplesAreEachARun)
{
    auto spec = makeSpec({.activation = "relu", .depth = 4, .width = 12});
    spec.trials = 3;
    spec.jacobianSamples = 2;
    const auto record = testing::runToEnd(spec, 2);
    const auto& reading = readingOf<Spectrum>(*record, singularValues);
    ASSERT_EQ(reading.pooled.size(), 4U);
    for (const auto& pooled : reading.pooled) {
        EXPECT_EQ(pooled->replicas, 6);
        EXPECT_EQ(std::ssize(pooled->log10Values) + pooled->exactZeros, 6 * 12);
        EXPECT_LT(pooled->low.back(), pooled->high.back());
    }
    // The first network at its first sample is what a plain run measures.
    auto plain = spec;
    plain.trials = 1;
    plain.jacobianSamples = 1;
    const auto alone = testing::runToEnd(plain);
    const auto& first = readingOf<Spectrum>(*alone, singularValues);
    EXPECT_TRUE(first.pooled.empty());
    for (std::size_t i = 0; i < first.spectra.size(); ++i) {
        EXPECT_EQ(first.spectra[i]->log10Values, reading.spectra[i]->log10Values);
        const auto& all = reading.pooled[i]->log10Values;
        EXPECT_TRUE(std::includes(all.begin(), all.end(), first.spectra[i]->log10Values.begin(),
                                  first.spectra[i]->log10Values.end(), std::greater<>{}));
    }
    // So is the mean of a profile over all six.
    const auto& profile = readingOf<diagnostics::Profile>(*record, "jacobian_mean_square");
    ASSERT_EQ(profile.low.size(), 4U);
    EXPECT_LT(profile.low.back(), profile.high.back());
}

TEST(PooledSpectrum, NoMoreSamplesThanTheBatchHas)
{
    auto spec = makeSpec({.batch = 6});
    spec.jacobianSamples = 7;
    EXPECT_NE(
        validate(spec).message().find("jacobian_samples must be from 1 to the batch 6, not 7"),
        std::string::npos);
}

TEST(PooledSpectrum, EstimatesAreNotPooled)
{
    auto spec = makeSpec({});
    spec.jacobianSamples = 2;
    spec.spectrum = testing::chosen<spectrum::Method>("sketch");
    EXPECT_NE(validate(spec).message().find("jacobian_samples must be 1"), std::string::npos);
}

} // namespace

} // namespace initlens::experiment
