#include "core/diagnostics/diagnostic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace initlens::diagnostics {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double read(std::string_view id, const LayerSpectrum& spectrum)
{
    return findRow(Diagnostic::table(), id)->measureSpectrum(spectrum).value;
}

LayerSpectrum spectrumOf(const std::vector<double>& values, std::int64_t zeros)
{
    LayerSpectrum spectrum;
    for (const double value : values) {
        spectrum.log10Values.push_back(std::log10(value));
    }
    std::sort(spectrum.log10Values.rbegin(), spectrum.log10Values.rend());
    spectrum.bounds.assign(values.size(), 1e-12);
    spectrum.exactZeros = zeros;
    return spectrum;
}

TEST(SpectrumProfiles, AgreeWithTheirFormulas)
{
    std::mt19937 random(5);
    std::lognormal_distribution<double> draw(0, 2);
    for (const std::int64_t zeros : {0, 1, 40}) {
        std::vector<double> values(30);
        std::generate(values.begin(), values.end(), [&] { return draw(random); });
        const auto spectrum = spectrumOf(values, zeros);
        const double count = 30 + static_cast<double>(zeros);
        const double squares =
            std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
        EXPECT_NEAR(read("jacobian_mean_square", spectrum), std::log10(squares / count), 1e-12);
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        EXPECT_NEAR(read("jacobian_condition_number", spectrum), std::log10(*most / *least), 1e-12);
        const double sum = std::accumulate(values.begin(), values.end(), 0.0);
        const double entropy =
            std::accumulate(values.begin(), values.end(), 0.0, [&](double total, double value) {
                return total - value / sum * std::log(value / sum);
            });
        EXPECT_NEAR(read("jacobian_effective_rank", spectrum), std::exp(entropy), 1e-10);
        const auto near = std::count_if(values.begin(), values.end(),
                                        [](double value) { return value >= 0.5 && value <= 2; });
        EXPECT_NEAR(read("jacobian_isometry", spectrum), static_cast<double>(near) / count, 1e-15);
    }
}

TEST(SpectrumProfiles, OfAnIsometry)
{
    const auto spectrum = spectrumOf(std::vector<double>(17, 1.0), 0);
    EXPECT_EQ(read("jacobian_mean_square", spectrum), 0);
    EXPECT_EQ(read("jacobian_condition_number", spectrum), 0);
    EXPECT_NEAR(read("jacobian_effective_rank", spectrum), 17, 1e-12);
    EXPECT_EQ(read("jacobian_isometry", spectrum), 1);
    EXPECT_EQ(read("jacobian_isometry", spectrumOf({2.0, 0.5, 2.01, 0.49}, 0)), 0.5);
}

TEST(SpectrumProfiles, KeepTheirDigitsFarFromTheRangeOfADouble)
{
    auto spectrum = spectrumOf({1.0, 0.5, 0.25}, 1);
    const double square = read("jacobian_mean_square", spectrum);
    const double rank = read("jacobian_effective_rank", spectrum);
    for (const double shift : {-5000.0, 5000.0}) {
        auto shifted = spectrum;
        for (double& value : shifted.log10Values) {
            value += shift;
        }
        EXPECT_NEAR(read("jacobian_mean_square", shifted), square + 2 * shift, 1e-8);
        EXPECT_NEAR(read("jacobian_effective_rank", shifted), rank, 1e-8);
        EXPECT_EQ(read("jacobian_isometry", shifted), 0);
    }
    spectrum.log10Values.push_back(-4000);
    spectrum.bounds.push_back(1e-12);
    EXPECT_NEAR(read("jacobian_condition_number", spectrum), 4000, 1e-9);
    spectrum.bounds.back() = infinity;
    EXPECT_TRUE(std::isnan(read("jacobian_condition_number", spectrum))) << "the smallest is lost";
}

TEST(SpectrumProfiles, OfNothingButZeros)
{
    const auto spectrum = spectrumOf({}, 5);
    EXPECT_EQ(read("jacobian_mean_square", spectrum), -infinity);
    EXPECT_TRUE(std::isnan(read("jacobian_condition_number", spectrum)));
    EXPECT_TRUE(std::isnan(read("jacobian_effective_rank", spectrum)));
    EXPECT_EQ(read("jacobian_isometry", spectrum), 0);
}

} // namespace

} // namespace initlens::diagnostics
