#include "core/theory/gaussian_mean.h"

#include <algorithm>
#include <numbers>

namespace initlens::theory {

namespace {

constexpr double inverseRootTwoPi =
    std::numbers::inv_sqrtpi_v<double> / std::numbers::sqrt2_v<double>;
constexpr std::array<double, 8> coarse = {0, 1, 2, 3, 4.5, 6, 8, reach};

} // namespace

std::vector<double> panelEdges(const ActivationFunction& phi, double q)
{
    const double deviation = std::sqrt(q);
    std::vector<double> edges;
    for (const double z : coarse) {
        edges.insert(edges.end(), {z, -z});
    }
    for (const double kink : phi.kinks) {
        edges.push_back(kink / deviation);
    }
    for (double h = 1; h < deviation * reach; h *= 2) {
        edges.insert(edges.end(), {h / deviation, -h / deviation});
    }
    std::erase_if(edges, [](double z) { return !(std::abs(z) <= reach); });
    std::sort(edges.begin(), edges.end());
    const auto isKink = [&](double z) {
        return std::any_of(phi.kinks.begin(), phi.kinks.end(),
                           [&](double kink) { return z == kink / deviation; });
    };
    // Of two ends that nearly coincide the kink stays.
    std::vector<double> kept;
    for (const double z : edges) {
        if (kept.empty() || z - kept.back() > 1e-9 * std::max(1.0, std::abs(z))) {
            kept.push_back(z);
        } else if (isKink(z)) {
            kept.back() = z;
        }
    }
    return kept;
}

PanelSamples::PanelSamples(const ActivationFunction& phi, double q)
    : m_phi(phi), m_deviation(std::sqrt(q))
{}

void PanelSamples::place(double from, double to)
{
    const auto& rule = panelRule();
    const double centre = (from + to) / 2;
    const double half = (to - from) / 2;
    for (std::size_t i = 0; i < panelNodes; ++i) {
        UnitSample& sample = m_samples[i];
        sample.z = centre + half * rule.nodes[i];
        sample.h = m_deviation * sample.z;
        m_h[i] = sample.h;
        m_weights[i] =
            half * rule.weights[i] * inverseRootTwoPi * std::exp(-sample.z * sample.z / 2);
    }
    const auto count = panelNodes * static_cast<std::size_t>(m_phi.outputsPerUnit);
    m_phi.evaluate(m_h, std::span(m_value).first(count), std::span(m_slope).first(count));
    for (std::size_t i = 0; i < panelNodes; ++i) {
        for (std::size_t part = 0; part < static_cast<std::size_t>(m_phi.outputsPerUnit); ++part) {
            m_samples[i].value[part] = m_value[part * panelNodes + i];
            m_samples[i].slope[part] = m_slope[part * panelNodes + i];
        }
    }
}

} // namespace initlens::theory
