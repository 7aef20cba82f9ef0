#include "core/theory/correlation_map.h"

#include "core/theory/activation_moments.h"
#include "core/theory/pair_mean.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace initlens::theory {

namespace {

constexpr int tableNodes = 28; ///< of a panel
constexpr double panelGrowth = 4;

double chebyshevAngle(int i)
{
    return std::numbers::pi * (i + 0.5) / tableNodes;
}

} // namespace

double nextDecorrelation(const ActivationFunction& phi, const LayerLaw& law, double q,
                         double decorrelation)
{
    const double next = law.sigmaW2 * activationMoments(phi, q).secondMoment + law.sigmaB2;
    return law.sigmaW2 * pairMean(phi, q, decorrelation).distance / next;
}

CorrelationTable::CorrelationTable(const ActivationFunction& phi, double q)
    : m_phi(phi), m_q(q), m_scale(std::min(1.0, 1 / std::sqrt(q)))
{}

const CorrelationTable::Panel& CorrelationTable::panel(int index)
{
    const auto [at, isNew] = m_panels.try_emplace(index);
    Panel& panel = at->second;
    if (isNew) {
        const double low = index == 0 ? 0 : m_scale * std::pow(panelGrowth, index - 1);
        const double high = std::min(1.0, m_scale * std::pow(panelGrowth, index));
        for (int i = 0; i < tableNodes; ++i) {
            const double root = (low + high) / 2 + (high - low) / 2 * std::cos(chebyshevAngle(i));
            panel.nodes.push_back(root);
            panel.values.push_back(pairMean(m_phi, m_q, root * root).distance / (root * root));
        }
    }
    return panel;
}

double CorrelationTable::distance(double decorrelation)
{
    const double root = std::sqrt(decorrelation);
    int index = 0;
    for (double end = m_scale; root > end && end < 1; end *= panelGrowth) {
        ++index;
    }
    const auto& [nodes, values] = panel(index);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < tableNodes; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (root == nodes[at]) {
            return decorrelation * values[at];
        }
        const double weight =
            (i % 2 == 0 ? 1 : -1) * std::sin(chebyshevAngle(i)) / (root - nodes[at]);
        sum += weight * values[at];
        weights += weight;
    }
    return decorrelation * sum / weights;
}

} // namespace initlens::theory
