#include "core/theory/gate_laws.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace initlens::theory {

namespace {

using Complex = std::complex<double>;

/// Shares that differ by less are those of layers of one kind.
constexpr double sameShare = 1e-12;

/// v - pole, with all digits where v is near 0 or 1.
Complex beyond(double logRadius, double angle, double pole)
{
    const Complex v = std::polar(std::exp(logRadius), angle);
    const double half = std::sin(angle / 2);
    const double toOne = std::expm1(logRadius) * std::cos(angle) - 2 * half * half;
    return {logRadius < -1 ? v.real() - pole : toOne + (1 - pole), v.imag()};
}

/// The angle under which v sees the interval between the poles of `from` = v - a and `to` = v - b,
/// a < b: arg(v - b) - arg(v - a), exact where both are close to 0 or to pi.
double angleBetween(Complex from, Complex to)
{
    return std::atan2(to.imag() * (from.real() - to.real()),
                      from.real() * to.real() + from.imag() * to.imag());
}

} // namespace

GateLaws::GateLaws(double open, const std::vector<Gates>& gates) : m_logOpen(std::log(open))
{
    for (const Gates& layers : gates) {
        m_share = std::min(m_share, layers.share);
        m_depth += static_cast<double>(layers.count);
    }
    for (const Gates& layers : gates) {
        const auto count = static_cast<double>(layers.count);
        if (layers.share - m_share <= sameShare) {
            m_fewest += count;
        } else {
            m_layers.push_back({.count = count,
                                .share = layers.share,
                                .pole = (layers.share - m_share) / layers.share,
                                .logRatio = std::log(layers.share / m_share)});
        }
    }
}

GateLaws::Value GateLaws::at(Ensemble ensemble, double logRadius, double angle) const
{
    const bool gaussian = ensemble == Ensemble::Gaussian;
    const double x = logRadius - m_logOpen;
    const Complex v = std::polar(std::exp(x), angle);
    const Complex toZeros = beyond(x, angle, 1 - m_share); // (1 + u) p_k
    const Complex toOne = beyond(x, angle, 1);             // u p_k
    const double oneAngle = std::arg(toOne);

    // Orthogonal: lambda = prod zeta_l / (1 + u)^(L-1); Gaussian: prod zeta_l (1 + u) / u^L. Angles
    // are taken between poles, so that those of about pi cancel without rounding.
    const Complex last = gaussian ? toOne : toZeros;
    Value value;
    value.argument =
        gaussian ? angle - angleBetween(toZeros, toOne) - (m_fewest - 1) * angleBetween(v, toOne)
                 : m_fewest * angle - (m_fewest - 1) * std::arg(toZeros);
    Complex slope =
        m_fewest + (gaussian ? v / toZeros - m_depth * v / toOne : -(m_depth - 1) * v / toZeros);
    value.logLambda = m_depth * m_logOpen + m_fewest * x;
    value.massArgument =
        m_fewest * ((1 - m_share) * angle + m_share * oneAngle) - (m_depth - 1) * oneAngle;
    for (const Layers& layers : m_layers) {
        const Complex toPole = beyond(x, angle, layers.pole);
        value.argument -= layers.count * angleBetween(toPole, last);
        slope += layers.count * v / toPole;
        value.logLambda += layers.count * (layers.logRatio + std::log(std::abs(toPole)));
        value.massArgument +=
            layers.count * ((1 - layers.share) * std::arg(toPole) + layers.share * oneAngle);
    }
    const Complex m = m_share / toOne;
    const double logZeros = std::log(std::abs(toZeros) / m_share);
    if (gaussian) {
        value.logLambda += logZeros - m_depth * std::log(std::abs(toOne) / m_share);
        value.massArgument += m_depth * m.imag();
    } else {
        value.logLambda -= (m_depth - 1) * logZeros;
    }
    value.slope = slope.real();
    value.pull = slope.imag();
    value.density = -m.imag() / std::numbers::pi;
    return value;
}

} // namespace initlens::theory
