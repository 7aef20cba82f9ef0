#include "core/diagnostics/path_gradients.h"

#include "core/random/stream.h"

#include <cmath>
#include <numeric>

namespace initlens::diagnostics {

namespace {

/// The samples of noise are pictures beside a measurement and have nothing to do with its seed.
constexpr random::Stream pictureOfNoise{.seed = 2017, .purpose = random::Purpose::Probe};

std::vector<double> withUnitMeanSquare(std::vector<double> values)
{
    double squares = 0;
    for (const double value : values) {
        squares += value * value;
    }
    const double scale = std::sqrt(static_cast<double>(values.size()) / squares);
    for (double& value : values) {
        value *= scale;
    }
    return values;
}

} // namespace

std::vector<double> autocorrelation(const std::vector<double>& values, std::size_t lags)
{
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    std::vector<double> sums;
    double size = 0;
    for (std::size_t lag = 0; lag <= lags; ++lag) {
        double sum = 0;
        for (std::size_t i = 0; i + lag < values.size(); ++i) {
            sum += (values[i] - mean) * (values[i + lag] - mean);
        }
        sums.push_back(sum);
    }
    for (const double value : values) {
        size += value * value;
    }
    // What remains of equal values is rounding.
    constexpr double equal = 1e-24;
    const double whole =
        sums.front() > equal * size ? sums.front() : std::numeric_limits<double>::quiet_NaN();
    for (double& sum : sums) {
        sum /= whole;
    }
    return sums;
}

std::vector<double> whiteAutocorrelation(std::size_t count, std::size_t lags)
{
    const auto n = static_cast<double>(count);
    std::vector<double> expected{1};
    for (std::size_t lag = 1; lag <= lags; ++lag) {
        // Taking off the mean leaves a covariance of -1/n between any two.
        expected.push_back(-(n - static_cast<double>(lag)) / (n * (n - 1)));
    }
    return expected;
}

std::vector<double> brownAutocorrelation(std::size_t count, std::size_t lags)
{
    const auto n = static_cast<double>(count);
    // The covariance of sums i and j (from 1) is min(i, j); its means over one and both indices.
    const auto rowMean = [n](double i) {
        return (i * (i + 1) / 2 + (n - i) * i) / n;
    };
    double whole = 0;
    for (std::size_t i = 1; i <= count; ++i) {
        whole += rowMean(static_cast<double>(i)) / n;
    }
    std::vector<double> expected;
    for (std::size_t lag = 0; lag <= lags; ++lag) {
        double sum = 0;
        for (std::size_t i = 1; i + lag <= count; ++i) {
            const auto low = static_cast<double>(i);
            sum += low - rowMean(low) - rowMean(static_cast<double>(i + lag)) + whole;
        }
        expected.push_back(sum);
    }
    const double size = expected.front();
    for (double& value : expected) {
        value /= size;
    }
    return expected;
}

std::vector<double> whiteNoise(std::size_t count)
{
    std::vector<double> noise(count);
    random::fillNormal<double>(pictureOfNoise, 0, noise);
    return withUnitMeanSquare(std::move(noise));
}

std::vector<double> brownNoise(std::size_t count)
{
    std::vector<double> noise = whiteNoise(count);
    std::partial_sum(noise.begin(), noise.end(), noise.begin());
    return withUnitMeanSquare(std::move(noise));
}

} // namespace initlens::diagnostics
