#include "core/theory/free_product.h"

#include <algorithm>
#include <limits>
#include <numbers>

namespace initlens::theory {

namespace {

/// Angles below count as a gap: the density there is some 1e-14 of the largest.
constexpr double leastAngle = 1e-14;
/// The same for a single orthogonal factor, seen through a kernel.
constexpr double leastDensity = 1e-9;
/// After so many angles at which the transforms are not known the radius is given up.
constexpr int mostUnknown = 12;

} // namespace

FreeProduct::FreeProduct(SlopeLaws& slopes, Ensemble ensemble)
    : m_slopes(slopes), m_ensemble(ensemble), m_gaussian(ensemble == Ensemble::Gaussian),
      m_single(slopes.depth() == 1 && !m_gaussian), m_depth(static_cast<double>(slopes.depth())),
      m_share((m_depth - 1) / m_depth)
{}

FreeProduct::Slack FreeProduct::slackAt(double logRadius, double angle)
{
    if (const auto& gates = m_slopes.gates()) {
        const GateLaws::Value value = gates->at(m_ensemble, logRadius, angle);
        return {.value = value.argument / m_depth,
                .slope = value.slope / m_depth,
                .pull = value.pull / m_depth};
    }
    return slack(m_slopes.transform(logRadius, angle), angle);
}

FreeProduct::Slack FreeProduct::slack(const std::optional<SlopeLaw::Transform>& transform,
                                      double angle) const
{
    if (!transform) {
        return {.value = -std::numeric_limits<double>::infinity(), .slope = 1};
    }
    const std::complex<double> m = transform->moment;
    const std::complex<double> one(transform->onePlusReal, m.imag());
    // m conj(1 + m), whose imaginary part is that of m.
    const double quotientReal = m.real() * one.real() + m.imag() * m.imag();
    Slack result;
    result.value = angle + m_share * std::atan2(m.imag(), quotientReal);
    std::complex<double> slope = 1.0 + m_share * (transform->slope / m) / one;
    if (m_gaussian) {
        result.value += std::atan2(m.imag(), one.real());
        slope += transform->slope / one;
    }
    result.slope = slope.real();
    result.pull = slope.imag();
    return result;
}

/// The angle where lambda is real: Newton steps inside a shrinking bracket; 0 in a gap.
double FreeProduct::angleAt(double logRadius, double guess)
{
    double below = leastAngle;
    double above = std::numbers::pi;
    double angle = guess > below && guess < above ? guess : 0.1;
    int unknown = 0;
    for (int step = 0; step < 200 && unknown < mostUnknown; ++step) {
        const Slack here = slackAt(logRadius, angle);
        unknown += std::isinf(here.value) ? 1 : 0;
        if (here.value == 0) {
            return angle;
        }
        (here.value < 0 ? below : above) = angle;
        double next = angle - here.value / here.slope;
        if (angle > leastAngle && next <= leastAngle && below == leastAngle) {
            next = angle > 1e-10 ? angle / 1000 : leastAngle;
        } else if (angle == leastAngle && here.value > 0) {
            return 0;
        } else if (!(next > below && next < above)) {
            next = above > 4 * below ? std::sqrt(above * below) : (above + below) / 2;
        }
        if (std::abs(next - angle) <= 4 * std::numeric_limits<double>::epsilon() * angle) {
            return next;
        }
        angle = next;
    }
    return angle;
}

bool FreeProduct::isGap(double logRadius)
{
    if (m_single) {
        return singleFactor(logRadius).inGap();
    }
    return slackAt(logRadius, leastAngle).value > 0;
}

double FreeProduct::edge(double inGap, double inBulk)
{
    // lambda is stationary at an edge, so that half the digits of the radius give all of lambda's.
    // One factor alone has the edges of d.
    const double tolerance = (m_single ? 1e-16 : 1e-10) * (1 + std::abs(inBulk));
    for (int step = 0; step < 60 && std::abs(inGap - inBulk) > tolerance; ++step) {
        const double middle = (inGap + inBulk) / 2;
        (isGap(middle) ? inGap : inBulk) = middle;
    }
    return inGap;
}

FreeProduct::Point FreeProduct::at(double logRadius, double guess)
{
    if (m_single) {
        return singleFactor(logRadius);
    }
    Point point{.logRadius = logRadius, .angle = angleAt(logRadius, guess)};
    if (const auto& gates = m_slopes.gates()) {
        return gatesAt(*gates, point);
    }
    const double angle = std::max(point.angle, leastAngle);
    const auto transform = m_slopes.transform(logRadius, angle);
    if (!transform) {
        point.logLambda = std::numeric_limits<double>::quiet_NaN();
        return point;
    }
    const std::complex<double> m = transform->moment;
    const double one = std::hypot(transform->onePlusReal, m.imag());
    const double size = std::abs(m);
    point.logLambda = m_depth * logRadius + (m_depth - 1) * std::log(size / one);
    double argument = m_depth * m_slopes.meanArgument(logRadius, angle) +
                      (m_depth - 1) * std::atan2(m.imag(), m.real());
    if (m_gaussian) {
        point.logLambda += m_depth * std::log(one);
        argument += m_depth * m.imag();
    }
    point.massAbove = std::clamp(argument / std::numbers::pi, 0.0, 1.0);
    const Slack slope = slack(transform, angle);
    if (point.angle > 0) {
        point.density = -m.imag() / std::numbers::pi;
        point.pace = m_depth * (slope.slope + slope.pull * slope.pull / slope.slope);
    } else {
        point.pace = m_depth * slope.slope;
    }
    return point;
}

/// The rest of a point of which radius and angle are known.
FreeProduct::Point FreeProduct::gatesAt(const GateLaws& gates, Point point) const
{
    const GateLaws::Value value =
        gates.at(m_ensemble, point.logRadius, std::max(point.angle, leastAngle));
    point.logLambda = value.logLambda;
    point.massAbove = std::clamp(value.massArgument / std::numbers::pi, 0.0, 1.0);
    point.density = point.angle > 0 ? value.density : 0;
    point.pace =
        point.angle > 0 ? value.slope + value.pull * value.pull / value.slope : value.slope;
    return point;
}

/// One orthogonal factor: the law of d itself.
FreeProduct::Point FreeProduct::singleFactor(double logRadius)
{
    SlopeLaw& slopes = *m_slopes.groups().front().law;
    const bool outside =
        logRadius > std::log(slopes.greatest()) || logRadius < std::log(slopes.least());
    const double density = outside ? 0 : slopes.logDensity(logRadius);
    const double above = slopes.massAbove(logRadius);
    return {.logRadius = logRadius,
            .logLambda = logRadius,
            .massAbove = above,
            .density = density < leastDensity ? 0 : density};
}

} // namespace initlens::theory
