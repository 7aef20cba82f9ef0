#include "core/theory/correlation_chain.h"

#include "core/theory/pair_mean.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace initlens::theory {

namespace {

/// Width of the steps of ln q between tables, and how many maps at one q, or within a step, are
/// integrated before tables pay.
constexpr double step = 0.25;
constexpr int affordable = 8;
/// From it on what an activation does near 0 changes distances by less than 1e-11.
constexpr double straightVariance = 1e8;
constexpr int affordableNearby = 24;

bool isOdd(const ActivationFunction& phi)
{
    const std::vector<double> h = {0.1, 0.7, 1.3, 2.9, 7, -0.1, -0.7, -1.3, -2.9, -7};
    std::vector<double> value(h.size() * static_cast<std::size_t>(phi.outputsPerUnit));
    std::vector<double> slope(value.size());
    phi.evaluate(h, value, slope);
    bool odd = phi.outputsPerUnit == 1;
    for (std::size_t i = 0; i < h.size() / 2; ++i) {
        const double negative = value[i + h.size() / 2];
        odd = odd && std::abs(value[i] + negative) <= 1e-15 * std::abs(negative);
    }
    return odd;
}

} // namespace

CorrelationChain::CorrelationChain(const ActivationFunction& phi, bool looksLinear,
                                   MomentTable& moments)
    : m_phi(phi), m_looksLinear(looksLinear), m_odd(isOdd(phi)), m_moments(moments),
      m_atZero(tailAtZero(phi)), m_atInfinity(tailAtInfinity(phi)),
      m_decorrelation(std::numeric_limits<double>::quiet_NaN())
{}

void CorrelationChain::start(const LayerLaw& law, double meanSquare, double cosine)
{
    const double q = law.sigmaW2 * meanSquare + law.sigmaB2;
    m_decorrelation = q > 0 ? law.sigmaW2 * meanSquare * (1 - cosine) / q : 1 - cosine;
}

void CorrelationChain::advance(const LayerLaw& law, double q)
{
    if (std::isnan(m_decorrelation) || m_decorrelation == 0) {
        return;
    }
    constexpr double smallest = 1e-290;
    constexpr double largest = 1e140;
    const double at = std::clamp(q, smallest, largest);
    const double square = m_looksLinear ? at : m_moments.at(at).secondMoment;
    const double next = law.sigmaW2 * square + law.sigmaB2;
    const double apart = m_looksLinear ? at * m_decorrelation : distance(at);
    if (next > 0) {
        m_decorrelation = std::clamp(law.sigmaW2 * apart / next, 0.0, 2.0);
    }
}

double CorrelationChain::distance(double q)
{
    // Where the activation is straight on both sides of 0 distances scale with q.
    double at = q;
    double scale = 1;
    if (m_moments.homogeneous()) {
        at = 1;
        scale = q;
    } else if (q < smallVariance && m_atZero == Tail::Linear) {
        at = smallVariance;
        scale = q / smallVariance;
    } else if (q > straightVariance && m_atInfinity == Tail::Linear) {
        at = straightVariance;
        scale = q / straightVariance;
    } else if (q > largeVariance && m_atInfinity == Tail::Constant) {
        at = largeVariance;
    }
    double decorrelation = m_decorrelation;
    constexpr double rounding = 1e-9;
    if (decorrelation > 1 && decorrelation < 1 + rounding) {
        decorrelation = 1;
    }
    constexpr double settled = 1e-13;
    const bool known = std::abs(at - m_last.q) <= settled * at &&
                       std::abs(decorrelation - m_last.decorrelation) <= settled * decorrelation;
    if (!known) {
        // The tables end where correlations turn negative.
        const bool mirrored = m_odd && decorrelation > 1;
        const double apart = distanceAt(at, mirrored ? 2 - decorrelation : decorrelation);
        m_last = {.q = at,
                  .decorrelation = decorrelation,
                  .distance = mirrored ? 2 * m_moments.at(at).secondMoment - apart : apart};
    }
    return scale * m_last.distance;
}

double CorrelationChain::distanceAt(double q, double decorrelation)
{
    if (decorrelation > 1) {
        return pairMean(m_phi, q, decorrelation).distance;
    }
    const bool same = std::abs(q - m_same.q) <= 1e-13 * q;
    m_same = {.q = same ? m_same.q : q, .times = same ? m_same.times + 1 : 0};
    if (!same) {
        m_sameTable.reset();
    }
    if (m_same.times > affordable) {
        if (!m_sameTable) {
            m_sameTable.emplace(m_phi, m_same.q);
        }
        return m_sameTable->distance(decorrelation);
    }
    int& nearby = m_nearby[static_cast<long>(std::floor(std::log(q) / step))];
    return nearby++ < affordableNearby ? pairMean(m_phi, q, decorrelation).distance
                                       : tabulated(q, decorrelation);
}

/// Cubic through the tables around ln q, of the distance over q.
double CorrelationChain::tabulated(double q, double decorrelation)
{
    const double position = std::log(q) / step;
    const auto index = static_cast<long>(std::floor(position));
    const double t = position - static_cast<double>(index);
    const std::array<double, 4> weights = {-t * (t - 1) * (t - 2) / 6,
                                           (t + 1) * (t - 1) * (t - 2) / 2,
                                           -(t + 1) * t * (t - 2) / 2, (t + 1) * t * (t - 1) / 6};
    double sum = 0;
    for (long i = 0; i < 4; ++i) {
        const long at = index - 1 + i;
        sum += weights[static_cast<std::size_t>(i)] * table(at).distance(decorrelation) /
               std::exp(step * static_cast<double>(at));
    }
    return q * sum;
}

CorrelationTable& CorrelationChain::table(long index)
{
    const auto known = m_tables.find(index);
    if (known != m_tables.end()) {
        return known->second;
    }
    return m_tables
        .emplace(index, CorrelationTable(m_phi, std::exp(step * static_cast<double>(index))))
        .first->second;
}

} // namespace initlens::theory
