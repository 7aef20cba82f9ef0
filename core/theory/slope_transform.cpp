#include "core/theory/slope_law.h"

#include <algorithm>
#include <limits>
#include <numbers>

namespace initlens::theory {

/// Keeps memory bounded.
void SlopeLaw::forgetHalves()
{
    constexpr std::size_t mostPanels = 30000;
    if (m_panels.size() > mostPanels && m_panels.size() > 2 * m_roots.size()) {
        m_panels.resize(m_roots.size());
        for (Panel& panel : m_panels) {
            panel.children = 0;
        }
    }
}

/// Calls each(panel) on panels that cover the continuous part, so fine near the solutions of
/// d(z) = zeta that 16 nodes resolve 1 / (zeta - d). Halves are kept for the next call.
template <class Visit>
void SlopeLaw::visit(double logRadius, double angle, Visit&& each)
{
    const double radius = std::exp(logRadius);
    const double real = radius * std::cos(angle);
    const double imaginary = radius * std::sin(angle);
    const auto isFine = [&](const Panel& panel) {
        const double variation = panel.greatest - panel.least;
        if (panel.depth >= deepest ||
            variation <= 8 * std::numeric_limits<double>::epsilon() * panel.greatest) {
            return true;
        }
        const double beside = std::max({0.0, real - panel.greatest, panel.least - real});
        return beside * beside + imaginary * imaginary > variation * variation;
    };
    forgetHalves();
    m_open.assign(m_roots.begin(), m_roots.end());
    while (!m_open.empty()) {
        const std::size_t index = m_open.back();
        m_open.pop_back();
        if (isFine(m_panels[index])) {
            each(m_panels[index]);
            continue;
        }
        if (m_panels[index].children == 0) {
            const double from = m_panels[index].from;
            const double to = m_panels[index].to;
            const int depth = m_panels[index].depth + 1;
            m_panels[index].children = m_panels.size();
            m_panels.push_back(sampled(from, (from + to) / 2, depth));
            m_panels.push_back(sampled((from + to) / 2, to, depth));
        }
        m_open.push_back(m_panels[index].children);
        m_open.push_back(m_panels[index].children + 1);
    }
}

SlopeLaw::Transform SlopeLaw::transform(double logRadius, double angle)
{
    const double radius = std::exp(logRadius);
    const double real = radius * std::cos(angle);
    const double imaginary = radius * std::sin(angle);
    double momentReal = 0;
    double momentImaginary = 0;
    double oneReal = 0;
    double slopeReal = 0;
    double slopeImaginary = 0;
    const auto add = [&](double d, double weight) {
        const double x = real - d;
        const double inverse = 1 / (x * x + imaginary * imaginary);
        const double partReal = d * (x * inverse);
        const double partImaginary = -d * (imaginary * inverse);
        const double one = (real * x + imaginary * imaginary) * inverse;
        momentReal += weight * partReal;
        momentImaginary += weight * partImaginary;
        oneReal += weight * one;
        slopeReal -= weight * (partReal * one - partImaginary * partImaginary);
        slopeImaginary -= weight * (partReal * partImaginary + partImaginary * one);
    };
    visit(logRadius, angle, [&](const Panel& panel) {
        ++m_work;
        for (std::size_t i = 0; i < panelNodes; ++i) {
            add(panel.d[i], panel.weight[i]);
        }
    });
    ++m_work;
    for (const Atom& atom : m_atoms) {
        add(atom.value, atom.mass);
    }
    oneReal += m_flatZeroMass;
    return {.moment = {momentReal, momentImaginary},
            .onePlusReal = oneReal,
            .slope = {slopeReal, slopeImaginary}};
}

double SlopeLaw::meanArgument(double logRadius, double angle)
{
    const double radius = std::exp(logRadius);
    const double real = radius * std::cos(angle);
    const double imaginary = radius * std::sin(angle);
    double sum = m_flatZeroMass * angle;
    visit(logRadius, angle, [&](const Panel& panel) {
        for (std::size_t i = 0; i < panelNodes; ++i) {
            sum += panel.weight[i] * std::atan2(imaginary, real - panel.d[i]);
        }
    });
    for (const Atom& atom : m_atoms) {
        sum += atom.mass * std::atan2(imaginary, real - atom.value);
    }
    return sum;
}

double SlopeLaw::massAbove(double logRadius)
{
    return std::clamp(meanArgument(logRadius, m_width / 1000) / std::numbers::pi, 0.0, 1.0);
}

/// The density of ln d seen through a Cauchy kernel of relative width `angle`.
double SlopeLaw::smoothed(double logRadius, double angle)
{
    const double radius = std::exp(logRadius);
    const double real = radius * std::cos(angle);
    const double imaginary = radius * std::sin(angle);
    double sum = 0;
    visit(logRadius, angle, [&](const Panel& panel) {
        for (std::size_t i = 0; i < panelNodes; ++i) {
            const double x = real - panel.d[i];
            const double lorentzian = imaginary / (x * x + imaginary * imaginary);
            sum += panel.weight[i] * panel.d[i] * lorentzian;
        }
    });
    return sum / std::numbers::pi;
}

double SlopeLaw::logDensity(double logRadius)
{
    // The error is of second order in the width once the first is extrapolated away.
    return std::max(0.0, 2 * smoothed(logRadius, m_width) - smoothed(logRadius, 2 * m_width));
}

} // namespace initlens::theory
