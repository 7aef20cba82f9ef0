#include "core/theory/gains.h"

#include "core/initializers/kaiming.h"
#include "core/theory/activation_moments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <vector>

namespace initlens::theory {

namespace {

constexpr std::array<double, 9> probes = {-7.1, -3, -1.3, -0.6, 0.2, 0.5, 1.1, 2.7, 8.3};

std::vector<double> valuesAt(const ActivationFunction& phi, std::span<const double> points)
{
    std::vector<double> value(points.size() * static_cast<std::size_t>(phi.outputsPerUnit));
    std::vector<double> slope(value.size());
    phi.evaluate(points, value, slope);
    return value;
}

bool agree(std::span<const double> a, std::span<const double> b)
{
    // Published constants, selu's for one, are rounded to fewer digits.
    constexpr double close = 1e-6;
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) {
        return std::abs(x - y) <= close * std::max(1.0, std::abs(y));
    });
}

/// The row of a nonlinearity of PyTorch, with its one parameter, the slope below zero, where it
/// has one.
std::optional<activations::ActivationChoice> rowOf(std::string_view name, double slopeBelowZero)
{
    const auto* row = findRow(activations::Activation::table(), name);
    if (row == nullptr) {
        return std::nullopt;
    }
    activations::ActivationChoice choice(*row);
    for (std::size_t i = 0; i < choice.values.size(); ++i) {
        choice.values[i] =
            std::clamp(slopeBelowZero, row->head.params[i].min, row->head.params[i].max);
    }
    return choice;
}

} // namespace

Gains gains(const ActivationFunction& phi, double q)
{
    const auto moments = activationMoments(phi, q);
    Gains result{.q = q,
                 .mean = moments.mean,
                 .secondMoment = moments.secondMoment,
                 .slopeSecondMoment = moments.slopeMoments[0],
                 .slopeFourthMoment = moments.slopeMoments[1]};
    // Of an odd function only rounding is left.
    if (std::abs(result.mean) < 1e-14 * std::sqrt(result.secondMoment)) {
        result.mean = 0;
    }
    result.forward = std::sqrt(q / result.secondMoment);
    result.backward = 1 / std::sqrt(result.slopeSecondMoment);
    result.compromise = std::sqrt(result.forward * result.backward);
    return result;
}

std::optional<LibraryGain> libraryGain(const ActivationFunction& phi, const Gains& gains)
{
    const auto values = valuesAt(phi, probes);
    constexpr double minusOne = -1;
    const double slope = -valuesAt(phi, std::span(&minusOne, 1)).front();
    // relu before leaky_relu, whose slope may be 0.
    constexpr std::array<std::size_t, std::size(initializers::nonlinearityNames)> order = {1, 2, 0,
                                                                                           3, 4, 5};
    for (const std::size_t index : order) {
        const auto name = initializers::nonlinearityNames[index];
        const auto row = rowOf(name, slope);
        if (!row || !agree(values, valuesAt(functionOf(*row), probes))) {
            continue;
        }
        const double square = initializers::squaredTorchGain(static_cast<double>(index), slope);
        return LibraryGain{.name = name,
                           .gain = std::sqrt(square),
                           .forwardFactor = square * gains.secondMoment / gains.q,
                           .backwardFactor = square * gains.slopeSecondMoment};
    }
    return std::nullopt;
}

} // namespace initlens::theory
