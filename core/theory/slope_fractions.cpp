#include "core/theory/slope_fractions.h"

#include "core/theory/gauss_legendre.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::theory {

namespace {

constexpr double saturatedShare = 0.05;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// P(z < x)
double normalProbability(double x)
{
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

/// Largest |phi'| over the outputs of a unit.
double slopeAt(const ActivationFunction& phi, double h)
{
    std::array<double, 2> value{};
    std::array<double, 2> slope{};
    const auto parts = static_cast<std::size_t>(phi.outputsPerUnit);
    phi.evaluate(std::span(&h, 1), std::span(value).first(parts), std::span(slope).first(parts));
    return std::max(std::abs(slope[0]), std::abs(slope[1]));
}

/// Points along h that tell where a slope is small: close around zero, ever farther apart.
std::vector<double> probePoints(const ActivationFunction& phi)
{
    std::vector<double> points = {0};
    for (double h = 1.0 / 64; h < 1e9; h += std::max(1.0 / 64, h / 16)) {
        points.insert(points.end(), {h, -h});
    }
    for (const double kink : phi.kinks) {
        const double beside = 1e-9 * std::max(1.0, std::abs(kink));
        points.insert(points.end(), {kink - beside, kink + beside});
    }
    std::sort(points.begin(), points.end());
    return points;
}

/// Nodes of a standard normal mean, fine enough for steps a fifth of a deviation wide.
struct NormalNode {
    double z = 0;
    double weight = 0;
};

std::vector<NormalNode> normalNodes()
{
    constexpr double farthest = 9;
    constexpr int panels = 24;
    const auto& rule = panelRule();
    std::vector<NormalNode> nodes;
    for (int panel = 0; panel < panels; ++panel) {
        const double half = farthest / panels;
        const double centre = -farthest + (2 * panel + 1) * half;
        for (std::size_t i = 0; i < panelNodes; ++i) {
            const double z = centre + half * rule.nodes[i];
            const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
            nodes.push_back({z, half * rule.weights[i] * density});
        }
    }
    return nodes;
}

} // namespace

SlopeFractions::SlopeFractions(const ActivationFunction& phi)
    : m_flat(stretches(phi, 0)), m_saturated(stretches(phi, saturatedShare * phi.largestSlope))
{
    // A slope that only underflows (tanh far out) is no flat part.
    constexpr double within = 12;
    std::erase_if(m_flat, [](const Stretch& s) { return s.from > within || s.to < -within; });
}

std::vector<SlopeFractions::Stretch> SlopeFractions::stretches(const ActivationFunction& phi,
                                                               double threshold)
{
    const auto isSmall = [&](double h) {
        const double slope = slopeAt(phi, h);
        return threshold > 0 ? slope < threshold : slope == 0;
    };
    const auto borderBetween = [&](double low, double high) {
        const bool lowSmall = isSmall(low);
        for (int step = 0; step < 60; ++step) {
            const double middle = (low + high) / 2;
            (isSmall(middle) == lowSmall ? low : high) = middle;
        }
        return (low + high) / 2;
    };
    std::vector<Stretch> found;
    const auto points = probePoints(phi);
    bool before = isSmall(points.front());
    if (before) {
        found.push_back({-infinity, infinity});
    }
    for (std::size_t i = 1; i < points.size(); ++i) {
        const bool here = isSmall(points[i]);
        if (here != before) {
            const double border = borderBetween(points[i - 1], points[i]);
            if (here) {
                found.push_back({border, infinity});
            } else {
                found.back().to = border;
            }
        }
        before = here;
    }
    // Single points, such as a kink's own, have no probability.
    std::erase_if(found, [](const Stretch& s) { return s.to - s.from < 1e-6; });
    return found;
}

double SlopeFractions::probability(const std::vector<Stretch>& stretches, double mean,
                                   double deviation)
{
    double sum = 0;
    for (const Stretch& s : stretches) {
        sum += normalProbability((s.to - mean) / deviation) -
               normalProbability((s.from - mean) / deviation);
    }
    return std::clamp(sum, 0.0, 1.0);
}

double SlopeFractions::saturated(double q) const
{
    return probability(m_saturated, 0, std::sqrt(q));
}

double SlopeFractions::dead(double q, double decorrelation, std::int64_t batch) const
{
    if (m_flat.empty()) {
        return 0;
    }
    constexpr double negligible = 1e-14;
    if (probability(m_flat, 0, std::sqrt(q)) < negligible) {
        return 0;
    }
    // The part that all samples share is common to all of them; given it they are independent.
    const double share = std::clamp(1 - decorrelation, 0.0, 1.0);
    const double own = std::sqrt(q * (1 - share));
    const double common = std::sqrt(q * share);
    if (batch == 1 || own < 1e-9 * common) {
        return probability(m_flat, 0, std::sqrt(q));
    }
    static const std::vector<NormalNode> nodes = normalNodes();
    constexpr double leastLog = -45; // of a share that is nothing
    double sum = 0;
    for (const NormalNode& node : nodes) {
        const double log =
            static_cast<double>(batch) * std::log(probability(m_flat, common * node.z, own));
        sum += log > leastLog ? node.weight * std::exp(log) : 0;
    }
    return sum;
}

} // namespace initlens::theory
