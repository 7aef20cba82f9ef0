#include "core/base/parallel.h"
#include "core/initializers/common_params.h"
#include "core/initializers/initializer.h"
#include "core/initializers/normal_quantile.h"
#include "core/initializers/rows.h"

#include <algorithm>
#include <array>

namespace initlens::initializers {

namespace {

constexpr ParamSpec cutOffParam(std::string_view key, std::string_view label, double initial)
{
    return {.key = key,
            .label = label,
            .help = "Cut-off, in the units of the weights.",
            .initial = initial,
            .min = -1e6,
            .max = 1e6};
}

constexpr ParamSpec paramSpecs[] = {meanParam(), deviationParam(1),
                                    cutOffParam("a", "lower cut-off", -2),
                                    cutOffParam("b", "upper cut-off", 2)};

/// A standard normal number conditioned on an interval. The interval is mirrored where that puts
/// more of it below zero, where the distribution function keeps its digits.
struct Interval {
    double sign = 1;
    double low = 0;
    double high = 0;
    double below = 0; ///< probability below `low`
    double inside = 0;

    explicit Interval(std::span<const double> params)
    {
        const double a = (params[2] - params[0]) / params[1];
        const double b = (params[3] - params[0]) / params[1];
        sign = a + b > 0 ? -1 : 1;
        low = sign > 0 ? a : -b;
        high = sign > 0 ? b : -a;
        below = normalProbability(low);
        inside = normalProbability(high) - below;
    }

    [[nodiscard]] double at(double uniform) const
    {
        return sign * std::clamp(normalQuantile(below + uniform * inside), low, high);
    }
};

template <class T>
void fillTruncated(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    const Interval interval(request.params);
    const double mean = request.params[0];
    const double deviation = request.params[1];
    constexpr Index block = random::blockSize;
    const Index blocks = (weights.size() + block - 1) / block;
    parallelFor(static_cast<std::size_t>(blocks), execution, [&](std::size_t number) {
        const Index first = static_cast<Index>(number) * block;
        const Index count = std::min(block, weights.size() - first);
        std::array<double, random::blockSize> uniform;
        random::fillUniform<double>(request.stream, first,
                                    std::span(uniform).first(static_cast<std::size_t>(count)));
        for (Index i = 0; i < count; ++i) {
            const double z = interval.at(uniform[static_cast<std::size_t>(i)]);
            weights.data()[first + i] = static_cast<T>(mean + deviation * z);
        }
    });
}

std::optional<Moments> moments(const WeightShape& /*shape*/, std::span<const double> params)
{
    const Interval interval(params);
    const double atLow = normalDensity(interval.low) / interval.inside;
    const double atHigh = normalDensity(interval.high) / interval.inside;
    const double shift = atLow - atHigh;
    const double variance = 1 + interval.low * atLow - interval.high * atHigh - shift * shift;
    return Moments{params[0] + params[1] * interval.sign * shift, params[1] * params[1] * variance};
}

WeightLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    const auto [mean, deviation, a, b] = std::array{params[0], params[1], params[2], params[3]};
    // No draw is that far out. Frameworks that invert the distribution function in single precision
    // would put one number in ten million at a cut-off beyond.
    const double far = 7 * deviation;
    if (a < mean - far && b > mean + far) {
        return NormalElements{mean, deviation};
    }
    return TruncatedNormalElements{.mean = mean,
                                   .deviation = deviation,
                                   .low = std::max(a, mean - far),
                                   .high = std::min(b, mean + far)};
}

std::string refusal(const WeightShape& /*shape*/, std::span<const double> params)
{
    const auto [mean, deviation, a, b] = std::array{params[0], params[1], params[2], params[3]};
    if (b - a < 0.01 * deviation) {
        return "b must be at least 0.01 std above a";
    }
    if (mean < a - 2 * deviation || mean > b + 2 * deviation) {
        return "mean must lie within 2 std of the interval from a to b";
    }
    return {};
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "torch_trunc_normal",
                .label = "PyTorch trunc_normal_",
                .group = "framework defaults",
                .formula = "N(mean, std^2) within [a, b]",
                .source = "PyTorch 2 torch.nn.init.trunc_normal_",
                .help = "The cut-offs a and b are absolute, not in deviations: with std = 0.02 and "
                        "the default of +-2 nothing is ever cut. Where something is cut, the "
                        "variance falls and is not corrected.",
                .params = paramSpecs};
    row.fillFloat = &fillTruncated<float>;
    row.fillDouble = &fillTruncated<double>;
    row.moments = &moments;
    row.law = &law;
    row.refusal = &refusal;
    row.ensemble = Ensemble::Independent;
    return row;
}

} // namespace

constinit const Initializer torchTruncNormalRow = makeRow();

} // namespace initlens::initializers
