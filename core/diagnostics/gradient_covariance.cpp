#include "core/diagnostics/rows.h"

#include <algorithm>

namespace initlens::diagnostics {

namespace {

constexpr Index mostPoints = 256;

Field covariance(const PathGradients& path)
{
    const Index count = path.gradients.cols();
    const Index points = std::min(count, mostPoints);
    Matrix<double> chosen(path.gradients.rows(), points);
    Field field;
    for (Index i = 0; i < points; ++i) {
        const Index column = points == 1 ? 0 : i * (count - 1) / (points - 1);
        chosen.col(i) = path.gradients.col(column);
        field.positions.push_back(path.positions[static_cast<std::size_t>(column)]);
    }
    const Matrix<double> products = chosen.transpose() * chosen;
    field.values.assign(products.data(), products.data() + products.size());
    return field;
}

} // namespace

constinit const Diagnostic gradientCovariance = {
    .head = {.id = "gradient_covariance",
             .label = "Covariance of gradients",
             .group = "shattered gradients",
             .formula = "<df/dx at x(s), df/dx at x(t)>, over the mean of |df/dx|^2; the mean over "
                        "the trials, at up to 256 of the inputs",
             .source = "Balduzzi, Frean, Leary, Lewis, Ma and McWilliams 2017, section 2",
             .help = "How alike the gradients at any two inputs of the line are. A bright diagonal "
                     "alone is a shattered gradient; broad blocks are inputs that learn from each "
                     "other. With one input number per sample, several trials are needed for the "
                     "mean to settle."},
    .needs = Needs::PathGradients,
    .reading = Kind::Field,
    .scale = Scale::Linear,
    .axis = "covariance / mean square",
    .positionAxis = "input t",
    .measureBetween = &covariance,
    .dependsOnSize = true,
};

} // namespace initlens::diagnostics
