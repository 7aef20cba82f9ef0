#include "core/diagnostics/rows.h"

#include <algorithm>

namespace initlens::diagnostics {

namespace {

constexpr std::size_t mostLags = 64;

Curve autocorrelationCurve(const PathGradients& path)
{
    const std::size_t count = path.slopes.size();
    const std::size_t lags = std::min(mostLags, std::max<std::size_t>(1, count / 4));
    Curve curve{.id = {}, .positions = {}, .values = autocorrelation(path.slopes, lags)};
    for (std::size_t lag = 0; lag <= lags; ++lag) {
        curve.positions.push_back(static_cast<double>(lag));
    }
    curve.companions = {{"white noise", whiteAutocorrelation(count, lags)},
                        {"brown noise", brownAutocorrelation(count, lags)}};
    return curve;
}

} // namespace

constinit const Diagnostic gradientAutocorrelation = {
    .head = {.id = "gradient_autocorrelation",
             .label = "Autocorrelation of the gradient",
             .group = "shattered gradients",
             .formula = "sum_i (g_i - mean) (g_{i+k} - mean) / sum_i (g_i - mean)^2, g_i the "
                        "gradient along the input at point i; expected of white and brown noise",
             .source = "Balduzzi, Frean, Leary, Lewis, Ma and McWilliams 2017, figure 2",
             .help = "How much the gradient at one input says of the gradient k points further, "
                     "beside what white and brown noise of as many points have in expectation. The "
                     "mean over all trials. A gradient that is the same at every input has no "
                     "autocorrelation."},
    .needs = Needs::PathGradients,
    .reading = Kind::Curve,
    .scale = Scale::Linear,
    .axis = "autocorrelation",
    .positionAxis = "lag k, points",
    .measureAlongPath = &autocorrelationCurve,
};

} // namespace initlens::diagnostics
