#include "core/theory/slope_laws.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::theory {

namespace {

using Complex = std::complex<double>;

/// Work on steps that fail: more would not find what so much has not.
constexpr long mostVain = 300'000;
/// Work in all after which nothing more is found. Usual laws take a tenth of it.
constexpr long mostWork = 12'000'000;

/// M - M' of two transforms, without cancellation near -1.
Complex difference(const SlopeLaw::Transform& a, const SlopeLaw::Transform& b)
{
    const bool nearMinusOne = std::abs(a.onePlusReal) < std::abs(a.moment.real());
    return {nearMinusOne ? a.onePlusReal - b.onePlusReal : a.moment.real() - b.moment.real(),
            a.moment.imag() - b.moment.imag()};
}

/// How well rounding lets ln zeta be told from M. Next to the share of zeros M hardly changes.
double rounding(const SlopeLaw::Transform& transform)
{
    const double size = std::min(std::abs(transform.moment), std::abs(transform.onePlusReal) +
                                                                 std::abs(transform.moment.imag()));
    return 16 * std::numeric_limits<double>::epsilon() * size / std::abs(transform.slope);
}

} // namespace

SlopeLaws::SlopeLaws(const ActivationFunction& phi, const std::vector<LayersAtVariance>& layers)
{
    for (const LayersAtVariance& group : layers) {
        m_groups.push_back({std::make_unique<SlopeLaw>(phi, group.q), group.count});
        m_depth += group.count;
    }
    const auto& atoms = m_groups.front().law->atoms();
    const bool areGates = std::all_of(m_groups.begin(), m_groups.end(), [&](const Group& group) {
        return !group.law->hasContinuousPart() && group.law->atoms().size() == 1 &&
               group.law->atoms().front().value == atoms.front().value;
    });
    if (m_groups.size() > 1 && areGates) {
        std::vector<GateLaws::Gates> gates;
        for (const Group& group : m_groups) {
            gates.push_back({.share = group.law->atoms().front().mass, .count = group.count});
        }
        m_gates.emplace(atoms.front().value, gates);
    }
}

double SlopeLaws::weight(std::size_t group) const
{
    return static_cast<double>(m_groups[group].count) / static_cast<double>(m_depth);
}

double SlopeLaws::zeroMass() const
{
    double most = 0;
    for (const Group& group : m_groups) {
        most = std::max(most, group.law->zeroMass());
    }
    return std::min(1.0, most);
}

double SlopeLaws::least() const
{
    double sum = 0;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        sum += weight(i) * std::log(m_groups[i].law->least());
    }
    return std::exp(sum);
}

double SlopeLaws::greatest() const
{
    double sum = 0;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        sum += weight(i) * std::log(m_groups[i].law->greatest());
    }
    return std::exp(sum);
}

double SlopeLaws::logMean() const
{
    double sum = 0;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        sum += weight(i) * std::log(m_groups[i].law->moments()[0]);
    }
    return sum;
}

long SlopeLaws::work() const
{
    long sum = 0;
    for (const Group& group : m_groups) {
        sum += group.law->work();
    }
    return sum;
}

SlopeLaws::State SlopeLaws::farOutside()
{
    double greatest = 0;
    for (const Group& group : m_groups) {
        greatest = std::max(greatest, std::log(group.law->greatest() / group.law->moments()[0]));
    }
    State state;
    state.logZeta = {logMean() + greatest + 3, std::numbers::pi / 2};
    for (const Group& group : m_groups) {
        const double logZeta = std::log(group.law->moments()[0]) + greatest + 3;
        state.logZetas.emplace_back(logZeta, std::numbers::pi / 2);
        state.transforms.push_back(group.law->transform(logZeta, std::numbers::pi / 2));
    }
    return state;
}

/// Newton steps to the solution at `logZeta` from one nearby; nothing if they leave the half plane
/// or do not settle at once.
std::optional<SlopeLaws::State> SlopeLaws::step(const State& from, Complex logZeta)
{
    constexpr int steps = 7;
    constexpr double settled = 1e-7; // the next step would be its square
    State state = from;
    state.logZeta = logZeta;
    const std::size_t count = m_groups.size();
    double before = std::numeric_limits<double>::infinity();
    for (int iteration = 0; iteration < steps; ++iteration) {
        Complex miss = logZeta;
        Complex slope = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const Complex gap = difference(state.transforms.front(), state.transforms[i]);
            miss -= weight(i) * (state.logZetas[i] + gap / state.transforms[i].slope);
            slope += weight(i) / state.transforms[i].slope;
        }
        const Complex change = miss / slope;
        const SlopeLaw::Transform reference = state.transforms.front();
        double largest = 0;
        double noise = 0;
        for (std::size_t i = 0; i < count; ++i) {
            noise = std::max(noise, rounding(state.transforms[i]));
            const Complex gap = difference(reference, state.transforms[i]);
            const Complex move = (gap + change) / state.transforms[i].slope;
            Complex next = state.logZetas[i] + move;
            if (!(next.imag() > 0)) {
                return std::nullopt;
            }
            if (next.imag() >= std::numbers::pi) {
                next.imag((state.logZetas[i].imag() + std::numbers::pi) / 2);
            }
            const double angle = std::min(next.imag(), state.logZetas[i].imag());
            largest = std::max({largest, std::abs(move.real()), std::abs(move.imag()) / angle});
            state.logZetas[i] = next;
            state.transforms[i] = m_groups[i].law->transform(next.real(), next.imag());
        }
        if (largest < settled || largest < noise) {
            return state;
        }
        if (!(largest < before / 2)) {
            return std::nullopt;
        }
        before = largest;
    }
    return std::nullopt;
}

/// Goes along a line on which the radius and the tangent of half the angle change by factors, in
/// parts as long as Newton's method allows.
std::optional<SlopeLaws::State> SlopeLaws::follow(State from, Complex logZeta)
{
    constexpr double shortest = 1.0 / 64;
    double part = 1;
    double left = 1;
    while (left > 0) {
        part = std::min(part, left);
        const double share = part / left;
        const double tangent = std::tan(from.logZeta.imag() / 2);
        const double angle =
            2 * std::atan(tangent * std::pow(std::tan(logZeta.imag() / 2) / tangent, share));
        const Complex next =
            part == left ? logZeta
                         : Complex(std::lerp(from.logZeta.real(), logZeta.real(), share), angle);
        const long before = work();
        if (auto there = step(from, next)) {
            from = *std::move(there);
            left -= part;
            part *= 2;
        } else {
            m_vain += work() - before;
            if (part <= shortest || m_vain > mostVain) {
                return std::nullopt;
            }
            part /= 2;
        }
    }
    return from;
}

/// Up or down to an angle, from there to the radius and then to the angle of `logZeta`.
std::optional<SlopeLaws::State> SlopeLaws::followOver(const State& from, double angle,
                                                      Complex logZeta)
{
    auto found = follow(from, {from.logZeta.real(), angle});
    found = found ? follow(*std::move(found), {logZeta.real(), angle}) : std::nullopt;
    return found ? follow(*std::move(found), logZeta) : std::nullopt;
}

void SlopeLaws::keep(State state)
{
    constexpr std::size_t most = 400;
    constexpr double apart = 0.02;
    const bool isNew = std::none_of(m_known.begin(), m_known.end(), [&](const State& known) {
        return std::abs(known.logZeta - state.logZeta) < apart;
    });
    if (isNew && m_known.size() < most) {
        m_known.push_back(state);
    }
    m_last = std::move(state);
}

const SlopeLaws::State& SlopeLaws::nearest(Complex logZeta)
{
    if (m_known.empty()) {
        keep(farOutside());
    }
    const State* best = &m_last;
    for (const State& known : m_known) {
        if (std::abs(known.logZeta - logZeta) < std::abs(best->logZeta - logZeta)) {
            best = &known;
        }
    }
    return *best;
}

const SlopeLaws::State* SlopeLaws::solution(Complex logZeta)
{
    const State start = nearest(logZeta);
    if (start.logZeta == logZeta) {
        m_last = start;
        return &m_last;
    }
    if (work() > mostWork) {
        return nullptr;
    }
    auto found = step(start, logZeta);
    if (!found) {
        // Well above the real axis there is always a solution; straight down from there shows
        // whether there is one here.
        const double high = std::max({logZeta.imag(), start.logZeta.imag(), 1.0});
        found = followOver(start, high, logZeta);
        for (const double angle : {2.0, 2.8}) {
            found = found ? found : followOver(m_known.front(), angle, logZeta);
        }
    }
    if (!found) {
        return nullptr;
    }
    keep(*std::move(found));
    return &m_last;
}

std::optional<SlopeLaw::Transform> SlopeLaws::transform(double logRadius, double angle)
{
    if (m_groups.size() == 1) {
        return m_groups.front().law->transform(logRadius, angle);
    }
    const State* found = solution({logRadius, angle});
    if (!found) {
        return std::nullopt;
    }
    SlopeLaw::Transform mean = found->transforms.front();
    Complex inverse = 0;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        inverse += weight(i) / found->transforms[i].slope;
    }
    mean.slope = 1.0 / inverse;
    return mean;
}

double SlopeLaws::meanArgument(double logRadius, double angle)
{
    if (m_groups.size() == 1) {
        return m_groups.front().law->meanArgument(logRadius, angle);
    }
    double sum = 0;
    if (const State* found = solution({logRadius, angle})) {
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            const Complex logZeta = found->logZetas[i];
            sum += weight(i) * m_groups[i].law->meanArgument(logZeta.real(), logZeta.imag());
        }
    }
    return sum;
}

} // namespace initlens::theory
