#include "core/diagnostics/rows.h"

#include <cmath>

namespace initlens::diagnostics {

namespace {

Curve gradientCurve(const PathGradients& path)
{
    // Scaled for themselves: with several inputs most of the gradient points away from the path.
    double squares = 0;
    for (const double slope : path.slopes) {
        squares += slope * slope;
    }
    const double size = std::sqrt(squares / static_cast<double>(path.slopes.size()));
    Curve curve{.id = {}, .positions = path.positions, .values = path.slopes};
    for (double& value : curve.values) {
        value /= size;
    }
    curve.companions = {{"white noise", whiteNoise(path.slopes.size())},
                        {"brown noise", brownNoise(path.slopes.size())}};
    return curve;
}

} // namespace

constinit const Diagnostic gradientAlongPath = {
    .head = {.id = "gradient_along_path",
             .label = "Gradient along the input",
             .group = "shattered gradients",
             .formula = "g(t) = d<v, x^L>/dt at the input x(t), over its root mean square; the "
                        "first network",
             .source = "Balduzzi, Frean, Leary, Lewis, Ma and McWilliams 2017, figure 1",
             .help = "The gradient of one function of one network along a line of inputs, beside a "
                     "sample of white noise (neighbours know nothing of each other) and of brown "
                     "noise (its running sum). A shallow network's gradient looks brown; that of a "
                     "deep one without skip connections becomes white: it is shattered, and a step "
                     "along it is right at one input only."},
    .needs = Needs::PathGradients,
    .reading = Kind::Curve,
    .scale = Scale::Linear,
    .axis = "relative gradient",
    .positionAxis = "input t",
    .measureAlongPath = &gradientCurve,
    .firstTrialOnly = true,
    .companionsApart = true,
    .dependsOnSize = true,
};

} // namespace initlens::diagnostics
