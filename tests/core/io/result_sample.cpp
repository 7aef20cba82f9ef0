#include "tests/core/io/result_sample.h"

#include <bit>
#include <cmath>
#include <limits>

namespace initlens::io {

namespace {

using diagnostics::Reading;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

diagnostics::ReadingPointer keep(Reading reading)
{
    return std::make_shared<const Reading>(std::move(reading));
}

std::shared_ptr<const diagnostics::LayerSpectrum> spectrumOf(std::vector<double> values,
                                                             std::int64_t zeros, double resolution)
{
    std::vector<double> bounds(values.size(), 1e-15);
    if (!bounds.empty()) {
        bounds.back() = infinity;
    }
    if (bounds.size() > 2) {
        bounds[1] = 0;
    }
    return std::make_shared<const diagnostics::LayerSpectrum>(diagnostics::LayerSpectrum{
        std::move(values), zeros, resolution, std::move(bounds),
        zeros == 0 ? spectrum::Carrier::Product : spectrum::Carrier::Recursion});
}

diagnostics::PooledSpectrumPointer poolOf(std::vector<double> values, std::int64_t replicas,
                                          std::int64_t zeros)
{
    auto pooled = std::make_shared<diagnostics::PooledSpectrum>();
    pooled->replicas = replicas;
    pooled->exactZeros = zeros;
    pooled->quantiles = spectrum::valueQuantiles(values);
    pooled->low.fill(-1.0 / 3);
    pooled->high.fill(nan);
    pooled->log10Values = std::move(values);
    return pooled;
}

} // namespace

experiment::RunRecord sampleRecord()
{
    experiment::RunRecord record;
    record.version = "0.1.0";
    record.spec.depth = 5;
    record.spec.width = 4;
    record.spec.trials = 3;
    record.spec.seed = experiment::largestSeed;
    record.spec.biasStd = 0.1;
    record.outcome = experiment::Outcome::Cancelled;
    record.events = {"overflow at layer 4", "a \"quoted\" event\nof two lines: \xcf\x86"};
    record.timing = {.drawSeconds = 0.001,
                     .forwardSeconds = 1.0 / 3,
                     .backwardSeconds = 2e-9,
                     .spectrumSeconds = 7,
                     .totalSeconds = 12345.678901234567,
                     .threads = 4};

    record.agreements = {{"gradient_norm", "A sentence: \xcf\x86.", 1.0 / 3},
                         {"jacobian_singular_values", "Another.", infinity}};
    record.readings.push_back(
        keep(diagnostics::Profile{.id = "gradient_norm",
                                  .scale = diagnostics::Scale::Log10,
                                  .layers = {3, 4, 5},
                                  .values = {-infinity, -123456.78901234567, 1e17},
                                  .low = {},
                                  .high = {}}));
    record.readings.push_back(keep(diagnostics::Spectrum{
        .id = "jacobian_singular_values",
        .scope = "from_input",
        .layers = {1, 3, 4, 5},
        .spectra = {spectrumOf({0.30102999566398120, 0, 0, -17.25}, 0, -infinity),
                    spectrumOf({0.1, -400}, 2, -15.5), spectrumOf({}, 4, 0), nullptr},
        .pooled = {poolOf({0.30102999566398120, 0.3, 0, 0, -0.0, -17.25, -18, -19}, 2, 0),
                   poolOf({0.1, 0, -399, -400}, 2, 4), poolOf({}, 3, 12), poolOf({}, 0, 0)}}));
    record.readings.push_back(keep(diagnostics::Profile{
        .id = "activation_mean",
        .scale = diagnostics::Scale::Linear,
        .layers = {1, 2, 3, 4, 5},
        .values = {0.1, -0.0, std::numeric_limits<double>::denorm_min(), nan, 1.0 / 3},
        .low = {0, 1, 2, 3, -std::numeric_limits<double>::max()},
        .high = {1, 2, 3, 4, std::numeric_limits<double>::max()}}));
    record.readings.push_back(
        keep(diagnostics::Curve{.id = "gradient_autocorrelation",
                                .positions = {0, 1, 2.5},
                                .values = {1, nan, -1.0 / 3},
                                .low = {1, 0, -2},
                                .high = {1, 0, 1e-300},
                                .companions = {{"white noise", {1, -0.1, -0.0}}}}));
    record.readings.push_back(keep(diagnostics::Field{
        .id = "gradient_covariance", .positions = {-1, 1}, .values = {1, 0.25, 0.25, nan}}));
    record.readings.push_back(keep(diagnostics::Histogram{.id = "weight_histogram",
                                                          .layer = 5,
                                                          .edges = {-1, -0.1, 0.3, 1},
                                                          .counts = {5, 0, std::int64_t{1} << 40},
                                                          .exactZeros = 2,
                                                          .notFinite = 1}));
    return record;
}

bool sameNumbers(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double left, double right) {
        return (std::isnan(left) && std::isnan(right)) ||
               std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
    });
}

} // namespace initlens::io
