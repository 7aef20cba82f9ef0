#include "core/theory/pair_mean.h"

#include "core/base/matrix.h"
#include "core/theory/activation_moments.h"
#include "core/theory/gauss_legendre.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

namespace initlens::theory {

namespace {

constexpr double pairReach = 9; ///< beyond it a weight of exp(-reach^2 / 2) = 3e-18
constexpr std::array<double, 6> coarse = {0, 1.5, 3, 4.5, 6.5, pairReach};

/// Ascending, within [low, high], without neighbours that nearly coincide.
void tidy(std::vector<double>& edges, double low, double high)
{
    std::erase_if(edges, [&](double x) { return !(x > low && x < high); });
    edges.insert(edges.end(), {low, high});
    std::sort(edges.begin(), edges.end());
    std::vector<double> kept;
    for (const double x : edges) {
        if (kept.empty() || x - kept.back() > 1e-13 * (high - low)) {
            kept.push_back(x);
        }
    }
    kept.back() = high;
    edges = std::move(kept);
}

/// Ends around `centre` at 1, 3, 7, ... times `scale`, as far as panels would otherwise be wider.
void addGraded(std::vector<double>& edges, double centre, double scale, double widest)
{
    for (double step = scale; step < widest; step = 2 * step + scale) {
        edges.insert(edges.end(), {centre + step, centre - step});
    }
}

class PairIntegral {
public:
    PairIntegral(const ActivationFunction& phi, double q, double decorrelation)
        : m_phi(phi), m_deviation(std::sqrt(q)), m_a(std::sqrt((2 - decorrelation) / 2)),
          m_b(std::sqrt(decorrelation / 2)), m_bends(phi.kinks)
    {
        // Where the curvature jumps if it does (softsign, elu).
        m_bends.push_back(0);
    }

    PairMean mean()
    {
        const auto& rule = panelRule();
        PairMean sum;
        const std::vector<double> edges = outerEdges();
        for (std::size_t panel = 0; panel + 1 < edges.size(); ++panel) {
            const double centre = (edges[panel] + edges[panel + 1]) / 2;
            const double half = (edges[panel + 1] - edges[panel]) / 2;
            for (std::size_t i = 0; i < panelNodes; ++i) {
                const double x = centre + half * rule.nodes[i];
                const double weight = half * rule.weights[i] * std::exp(-x * x / 2);
                const PairMean inner = innerMean(x);
                sum.distance += weight * inner.distance;
                sum.slopes += weight * inner.slopes;
            }
        }
        // Twice the half plane y > 0, over the 2 pi of the density and the outputs of a unit.
        const double scale = 1 / (std::numbers::pi * m_phi.outputsPerUnit);
        return {sum.distance * scale, sum.slopes * scale};
    }

private:
    [[nodiscard]] std::vector<double> outerEdges() const
    {
        constexpr double widest = 2 * pairReach;
        std::vector<double> edges;
        for (const double x : coarse) {
            edges.insert(edges.end(), {x, -x});
        }
        if (m_a > 0) {
            addGraded(edges, 0, 1 / (m_deviation * m_a), widest);
            for (const double first : m_bends) {
                for (const double second : m_bends) {
                    const double crossing = (first + second) / (2 * m_a * m_deviation);
                    edges.push_back(crossing);
                    addGraded(edges, crossing, m_b / m_a, widest);
                }
            }
        }
        tidy(edges, -pairReach, pairReach);
        return edges;
    }

    void placeInnerEdges(double x)
    {
        m_edges.assign(coarse.begin(), coarse.end());
        const double middle = std::abs(m_a * x);
        addGraded(m_edges, middle / m_b, 1 / (m_deviation * m_b), 2 * pairReach);
        for (const double kink : m_bends) {
            m_edges.push_back(std::abs(kink / m_deviation - m_a * x) / m_b);
        }
        tidy(m_edges, 0, pairReach);
    }

    /// Over y > 0 at one x; the integrands do not change when u and v change places.
    PairMean innerMean(double x)
    {
        const auto& rule = panelRule();
        placeInnerEdges(x);
        const std::size_t count = panelNodes * (m_edges.size() - 1);
        const auto parts = static_cast<std::size_t>(m_phi.outputsPerUnit);
        m_h.resize(2 * count);
        m_weights.resize(static_cast<Index>(count));
        m_value.resize(2 * count * parts);
        m_slope.resize(2 * count * parts);
        for (std::size_t panel = 0; panel + 1 < m_edges.size(); ++panel) {
            const double centre = (m_edges[panel] + m_edges[panel + 1]) / 2;
            const double half = (m_edges[panel + 1] - m_edges[panel]) / 2;
            for (std::size_t i = 0; i < panelNodes; ++i) {
                const double y = centre + half * rule.nodes[i];
                const std::size_t at = panel * panelNodes + i;
                m_weights[static_cast<Index>(at)] = -y * y / 2;
                m_h[at] = m_deviation * (m_a * x + m_b * y);
                m_h[count + at] = m_deviation * (m_a * x - m_b * y);
            }
        }
        // Most of the work is exponentials; taken together they are several times as quick.
        m_weights = m_weights.array().exp();
        for (std::size_t panel = 0; panel + 1 < m_edges.size(); ++panel) {
            const double half = (m_edges[panel + 1] - m_edges[panel]) / 2;
            for (std::size_t i = 0; i < panelNodes; ++i) {
                m_weights[static_cast<Index>(panel * panelNodes + i)] *= half * rule.weights[i];
            }
        }
        m_phi.evaluate(m_h, m_value, m_slope);
        double squares = 0;
        double slopes = 0;
        const double* weight = m_weights.data();
        for (std::size_t part = 0; part < parts; ++part) {
            const double* value = m_value.data() + 2 * count * part;
            const double* slope = m_slope.data() + 2 * count * part;
#pragma omp simd reduction(+ : squares, slopes)
            for (std::size_t i = 0; i < count; ++i) {
                const double difference = value[i] - value[count + i];
                squares += weight[i] * difference * difference;
                slopes += weight[i] * slope[i] * slope[count + i];
            }
        }
        return {squares / 2, slopes};
    }

    const ActivationFunction& m_phi;
    double m_deviation;
    double m_a;
    double m_b;
    std::vector<double> m_bends;
    Vector<double> m_weights;
    std::vector<double> m_edges, m_h, m_value, m_slope;
};

} // namespace

PairMean pairMean(const ActivationFunction& phi, double q, double decorrelation)
{
    if (q > spreadVariance && tailAtInfinity(phi) == Tail::Spread) {
        // Only by how much the two phases differ, or their sum does, still counts.
        const bool negative = decorrelation > 1;
        const double apart =
            std::min(1.0, (negative ? 2 - decorrelation : decorrelation) * (q / spreadVariance));
        return pairMean(phi, spreadVariance, negative ? 2 - apart : apart);
    }
    // Below it the difference of u and v is lost in their digits. Distance over 1 - c and slopes go
    // to their limits in proportion to sqrt(1 - c) where there are kinks.
    constexpr double smallest = 1e-13;
    if (decorrelation < smallest) {
        const PairMean near = PairIntegral(phi, q, smallest).mean();
        const PairMean far = PairIntegral(phi, q, 4 * smallest).mean();
        const double back = 1 - std::sqrt(decorrelation / smallest);
        const double ratio = near.distance - back * (far.distance / 4 - near.distance);
        return {ratio * (decorrelation / smallest),
                near.slopes - back * (far.slopes - near.slopes)};
    }
    return PairIntegral(phi, q, std::min(decorrelation, 2.0)).mean();
}

} // namespace initlens::theory
