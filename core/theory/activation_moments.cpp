#include "core/theory/activation_moments.h"

#include "core/theory/gaussian_mean.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

namespace initlens::theory {

namespace {

/// Outside of it squares of h leave the range of a double.
constexpr double smallestVariance = 1e-290;
constexpr double largestVariance = 1e145;

template <class Operation>
ActivationMoments combine(const ActivationMoments& a, const ActivationMoments& b,
                          Operation&& operation)
{
    return {.mean = operation(a.mean, b.mean),
            .secondMoment = operation(a.secondMoment, b.secondMoment),
            .secondMomentSlope = operation(a.secondMomentSlope, b.secondMomentSlope),
            .fourthMoment = operation(a.fourthMoment, b.fourthMoment),
            .slopeMoments = {operation(a.slopeMoments[0], b.slopeMoments[0]),
                             operation(a.slopeMoments[1], b.slopeMoments[1])},
            .squareVariance = operation(a.squareVariance, b.squareVariance)};
}

/// Moments of a homogeneous activation at q from those at 1.
ActivationMoments scaled(const ActivationMoments& unit, double q)
{
    return {.mean = unit.mean * std::sqrt(q),
            .secondMoment = unit.secondMoment * q,
            .secondMomentSlope = unit.secondMomentSlope,
            .fourthMoment = unit.fourthMoment * q * q,
            .slopeMoments = unit.slopeMoments,
            .squareVariance = unit.squareVariance * q * q};
}

} // namespace

ActivationMoments activationMoments(const ActivationFunction& phi, double q)
{
    if (q > spreadVariance && tailAtInfinity(phi) == Tail::Spread) {
        ActivationMoments moments = activationMoments(phi, spreadVariance);
        moments.secondMomentSlope *= spreadVariance / q; // nothing but rounding
        return moments;
    }
    const double variance = std::clamp(q, smallestVariance, largestVariance);
    const double parts = phi.outputsPerUnit;
    const auto means = gaussianMean<7>(phi, variance, [&](const UnitSample& unit) {
        const double first = unit.value[0] * unit.value[0];
        const double second = unit.value[1] * unit.value[1];
        const double firstSlope = unit.slope[0] * unit.slope[0];
        const double secondSlope = unit.slope[1] * unit.slope[1];
        const double square = (first + second) / parts;
        return std::array<double, 7>{(unit.value[0] + unit.value[1]) / parts,
                                     square,
                                     (unit.z * unit.z - 1) * square,
                                     (first * first + second * second) / parts,
                                     (firstSlope + secondSlope) / parts,
                                     (firstSlope * firstSlope + secondSlope * secondSlope) / parts,
                                     square * square};
    });
    return {.mean = means[0],
            .secondMoment = means[1],
            .secondMomentSlope = means[2] / (2 * variance),
            .fourthMoment = means[3],
            .slopeMoments = {means[4], means[5]},
            .squareVariance = std::max(0.0, means[6] - means[1] * means[1])};
}

bool isHomogeneous(const ActivationFunction& phi)
{
    constexpr std::array<double, 6> points = {0.37, 1.9, 11.3, -0.37, -1.9, -11.3};
    const auto parts = static_cast<std::size_t>(phi.outputsPerUnit);
    std::array<double, points.size()> larger{};
    std::transform(points.begin(), points.end(), larger.begin(), [](double h) { return 8 * h; });
    std::vector<double> value(points.size() * parts);
    std::vector<double> largerValue(value.size());
    std::vector<double> slope(value.size());
    std::vector<double> largerSlope(value.size());
    phi.evaluate(points, value, slope);
    phi.evaluate(larger, largerValue, largerSlope);
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (largerSlope[i] != slope[i] || largerValue[i] != 8 * value[i]) {
            return false;
        }
    }
    return true;
}

Tail tailAtZero(const ActivationFunction& phi)
{
    constexpr double origin = 0;
    std::array<double, 2> value{};
    std::array<double, 2> slope{};
    const auto parts = static_cast<std::size_t>(phi.outputsPerUnit);
    phi.evaluate(std::span(&origin, 1), std::span(value).first(parts),
                 std::span(slope).first(parts));
    return value[0] == 0 && value[1] == 0 ? Tail::Linear : Tail::Unknown;
}

namespace {

/// No larger far out than near 0.
bool isBounded(const ActivationFunction& phi)
{
    const auto greatest = [&](std::span<const double> h) {
        std::vector<double> value(h.size() * static_cast<std::size_t>(phi.outputsPerUnit));
        std::vector<double> slope(value.size());
        phi.evaluate(h, value, slope);
        return std::abs(*std::max_element(value.begin(), value.end(), [](double a, double b) {
            return std::abs(a) < std::abs(b);
        }));
    };
    constexpr std::array<double, 12> near = {0.5, 1, 1.5, 2, 3, 4, -0.5, -1, -1.5, -2, -3, -4};
    constexpr std::array<double, 6> far = {1e3, 3.3e4, 1e6, -1e3, -3.3e4, -1e6};
    return greatest(far) < 1.01 * greatest(near);
}

} // namespace

Tail tailAtInfinity(const ActivationFunction& phi)
{
    constexpr std::array<double, 6> points = {1e8, 4e8, 1.7e10, -1e8, -4e8, -1.7e10};
    const auto parts = static_cast<std::size_t>(phi.outputsPerUnit);
    std::vector<double> value(points.size() * parts);
    std::vector<double> slope(value.size());
    phi.evaluate(points, value, slope);
    constexpr double close = 1e-6;
    double largestRatio = 0;
    bool straight = true;
    bool level = true;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::size_t side = i / 3 * 3; // the first of three on the same side
        const double ratio = value[i] / points[i % points.size()];
        const double first = value[side] / points[side % points.size()];
        largestRatio = std::max(largestRatio, std::abs(ratio));
        straight = straight && std::abs(ratio - first) < close;
        level = level && std::abs(value[i] - value[side]) <= close * std::abs(value[side]);
    }
    if (level) {
        return Tail::Constant;
    }
    if (straight && largestRatio > close) {
        return Tail::Linear;
    }
    return isBounded(phi) ? Tail::Spread : Tail::Unknown;
}

MomentTable::MomentTable(ActivationFunction phi)
    : m_phi(std::move(phi)), m_homogeneous(isHomogeneous(m_phi)), m_atZero(tailAtZero(m_phi)),
      m_atInfinity(tailAtInfinity(m_phi))
{
    if (m_homogeneous) {
        m_unit = activationMoments(m_phi, 1);
    }
}

ActivationMoments MomentTable::at(double q)
{
    if (m_homogeneous) {
        return scaled(m_unit, q);
    }
    if (q < smallVariance && m_atZero != Tail::Unknown) {
        return far(m_atZero, q, smallVariance);
    }
    if (q > largeVariance && m_atInfinity != Tail::Unknown) {
        return far(m_atInfinity, q, largeVariance);
    }
    return interpolated(q);
}

ActivationMoments MomentTable::far(Tail tail, double q, double from)
{
    ActivationMoments moments = interpolated(from);
    if (tail == Tail::Linear) {
        return scaled(scaled(moments, 1 / from), q);
    }
    moments.secondMomentSlope *= from / q; // the rest of a change shrinks as the change does
    return moments;
}

ActivationMoments MomentTable::interpolated(double q)
{
    constexpr double width = 0.5;
    const double position = std::log(q) / width;
    const double index = std::floor(position);
    Stretch& stretch = m_stretches[static_cast<long>(index)];
    constexpr int worthwhile = nodes / 2;
    if (stretch.asked < worthwhile) {
        ++stretch.asked;
        return activationMoments(m_phi, q);
    }
    // Chebyshev points of the stretch and their barycentric weights.
    const auto node = [](std::size_t i) {
        return std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / nodes);
    };
    if (stretch.asked == worthwhile) {
        ++stretch.asked;
        for (std::size_t i = 0; i < nodes; ++i) {
            stretch.values[i] =
                activationMoments(m_phi, std::exp(width * (index + (1 + node(i)) / 2)));
        }
    }
    const double at = 2 * (position - index) - 1;
    ActivationMoments sum;
    double weights = 0;
    for (std::size_t i = 0; i < nodes; ++i) {
        const double distance = at - node(i);
        if (distance == 0) {
            return stretch.values[i];
        }
        const double angle = std::numbers::pi * (static_cast<double>(i) + 0.5) / nodes;
        const double weight = (i % 2 == 0 ? 1 : -1) * std::sin(angle) / distance;
        weights += weight;
        sum = combine(sum, stretch.values[i],
                      [weight](double total, double value) { return total + weight * value; });
    }
    return combine(sum, sum, [weights](double total, double) { return total / weights; });
}

} // namespace initlens::theory
