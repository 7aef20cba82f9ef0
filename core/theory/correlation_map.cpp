#include "core/theory/correlation_map.h"

#include "core/theory/activation_moments.h"
#include "core/theory/pair_mean.h"

#include <cmath>
#include <numbers>

namespace initlens::theory {

namespace {

constexpr int tableNodes = 28;

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
{
    for (int i = 0; i < tableNodes; ++i) {
        const double root = (1 + std::cos(chebyshevAngle(i))) / 2;
        m_nodes.push_back(root);
        m_values.push_back(pairMean(phi, q, root * root).distance / (root * root));
    }
}

double CorrelationTable::distance(double decorrelation) const
{
    const double root = std::sqrt(decorrelation);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < tableNodes; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (root == m_nodes[at]) {
            return decorrelation * m_values[at];
        }
        const double weight =
            (i % 2 == 0 ? 1 : -1) * std::sin(chebyshevAngle(i)) / (root - m_nodes[at]);
        sum += weight * m_values[at];
        weights += weight;
    }
    return decorrelation * sum / weights;
}

} // namespace initlens::theory
