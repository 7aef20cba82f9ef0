#include "core/theory/slope_law.h"

#include "core/theory/activation_moments.h"

#include <algorithm>
#include <limits>
#include <numbers>

namespace initlens::theory {

namespace {

constexpr double smallestSlopeSquared = 1e-140;

/// P(from < z < to) for standard normal z; the ends of the reach stand for infinity.
double normalMass(double from, double to)
{
    const auto above = [](double z) {
        if (z >= reach) {
            return 0.0;
        }
        return std::erfc(z / std::numbers::sqrt2) / 2;
    };
    if (from >= 0) {
        return above(from) - above(to);
    }
    if (to <= 0) {
        return above(-to) - above(-from);
    }
    return 1 - above(to) - above(-from);
}

/// The smallest variance at which the law is the same.
double settled(const ActivationFunction& phi, double q)
{
    return q > spreadVariance && tailAtInfinity(phi) == Tail::Spread ? spreadVariance : q;
}

} // namespace

SlopeLaw::SlopeLaw(const ActivationFunction& phi, double q)
    : m_phi(phi), m_samples(m_phi, settled(phi, q))
{
    const std::vector<double> edges = panelEdges(m_phi, settled(phi, q));
    std::vector<Panel> open;
    for (std::size_t i = edges.size() - 1; i > 0; --i) {
        open.push_back(sampled(edges[i - 1], edges[i], 0));
    }
    divide(std::move(open));
    mergeAtoms();
    if (!m_roots.empty()) {
        approachExtremes();
    }
    fold();
    Sums total{};
    for (const std::size_t root : m_roots) {
        const Sums part = sums(m_panels[root]);
        std::transform(part.begin(), part.end(), total.begin(), total.begin(), std::plus<>());
        for (std::size_t i = 0; i < panelNodes; ++i) {
            m_zeroMass += m_panels[root].d[i] == 0 ? m_panels[root].weight[i] : 0;
        }
    }
    std::copy_n(total.begin() + 1, 4, m_moments.begin());
    for (const Atom& atom : m_atoms) {
        double power = atom.mass;
        for (double& moment : m_moments) {
            power *= atom.value;
            moment += power;
        }
    }
    const double spread = m_moments[1] / (m_moments[0] * m_moments[0]) - 1;
    m_width = std::clamp(1e-5 * std::sqrt(std::max(0.0, spread)), 1e-14, 1e-7);
}

SlopeLaw::Panel SlopeLaw::sampled(double from, double to, int depth)
{
    Panel panel{.from = from, .to = to, .depth = depth};
    if (m_folded.empty()) {
        sampleSlopes(panel);
    } else {
        sampleFolded(panel);
    }
    panel.least = std::numeric_limits<double>::infinity();
    for (const double d : panel.d) {
        panel.least = std::min(panel.least, d);
        panel.greatest = std::max(panel.greatest, d);
        if (d > 0) {
            m_least = m_least == 0 ? d : std::min(m_least, d);
            m_greatest = std::max(m_greatest, d);
        }
    }
    return panel;
}

void SlopeLaw::sampleSlopes(Panel& panel)
{
    m_samples.place(panel.from, panel.to);
    for (std::size_t i = 0; i < panelNodes; ++i) {
        const auto& slope = m_samples.at(i).slope;
        const double square = slope[0] * slope[0] + slope[1] * slope[1];
        panel.d[i] = square < smallestSlopeSquared ? 0 : square;
        panel.weight[i] = m_samples.weight(i);
    }
}

/// Nodes of t on (0, pi) with d = m_range cos^2(t / 2).
void SlopeLaw::sampleFolded(Panel& panel) const
{
    const auto& rule = panelRule();
    const double centre = (panel.from + panel.to) / 2;
    const double half = (panel.to - panel.from) / 2;
    for (std::size_t i = 0; i < panelNodes; ++i) {
        const double t = centre + half * rule.nodes[i];
        const double cosine = std::cos(t / 2);
        double density = 1;
        for (std::size_t k = 1; k < m_folded.size(); ++k) {
            density += 2 * m_folded[k] * std::cos(static_cast<double>(k) * t);
        }
        panel.d[i] = m_range * cosine * cosine;
        panel.weight[i] = half * rule.weights[i] * std::max(0.0, density) / std::numbers::pi;
    }
}

/// Adds a panel's share of the means of T_k(2 d / range - 1).
void SlopeLaw::addChebyshevMeans(const Panel& panel, double range, std::vector<double>& means)
{
    for (std::size_t i = 0; i < panelNodes; ++i) {
        const double x = 2 * panel.d[i] / range - 1;
        double before = x;
        double term = 1;
        for (double& mean : means) {
            mean += panel.weight[i] * term;
            const double next = 2 * x * term - before;
            before = term;
            term = next;
        }
    }
}

/// A slope that swings to and fro many times, as that of a sine, takes each value on many panels.
/// With d = m_range cos^2(t / 2) the law of t has the density (1 + 2 sum a_k cos(k t)) / pi, where
/// a_k is the mean of the Chebyshev polynomial T_k(2 d / m_range - 1). Where these die out fast the
/// series replaces all panels.
void SlopeLaw::fold()
{
    constexpr std::size_t fewPanels = 20;
    constexpr std::size_t terms = 32;
    constexpr double tolerance = 1e-12;
    if (m_roots.size() <= fewPanels || !m_atoms.empty() || m_zeroMass > 0) {
        return;
    }
    const double range = m_phi.largestSlope * m_phi.largestSlope;
    std::vector<double> means(terms, 0.0);
    // T_k swings k times faster than d.
    constexpr int parts = 8;
    for (const std::size_t root : m_roots) {
        const double from = m_panels[root].from;
        const double width = (m_panels[root].to - from) / parts;
        for (int part = 0; part < parts; ++part) {
            addChebyshevMeans(sampled(from + part * width, from + (part + 1) * width, 0), range,
                              means);
        }
    }
    while (!means.empty() && std::abs(means.back()) < tolerance) {
        means.pop_back();
    }
    if (means.empty() || means.size() > terms / 2) {
        return;
    }
    m_folded = std::move(means);
    m_range = range;
    m_panels.clear();
    m_roots.clear();
    for (int part = 0; part < parts; ++part) {
        m_roots.push_back(m_panels.size());
        m_panels.push_back(
            sampled(std::numbers::pi * part / parts, std::numbers::pi * (part + 1) / parts, 0));
    }
    m_least = range * 1e-12;
    m_greatest = range;
}

/// Follows the smallest and the largest d into ever smaller panels; each looks at its nodes.
void SlopeLaw::approachExtremes()
{
    constexpr int halvings = 40;
    const auto follow = [&](auto&& better) {
        Panel panel = *std::min_element(m_panels.begin(), m_panels.end(), better);
        for (int step = 0; step < halvings; ++step) {
            const double middle = (panel.from + panel.to) / 2;
            const Panel left = sampled(panel.from, middle, 0);
            const Panel right = sampled(middle, panel.to, 0);
            panel = better(left, right) ? left : right;
        }
    };
    follow([](const Panel& a, const Panel& b) { return a.greatest > b.greatest; });
    follow([](const Panel& a, const Panel& b) { return a.least < b.least; });
}

/// Mass of d > 0 and the moments of d on a panel.
SlopeLaw::Sums SlopeLaw::sums(const Panel& panel)
{
    Sums result{};
    for (std::size_t i = 0; i < panelNodes; ++i) {
        double power = panel.d[i] > 0 ? panel.weight[i] : 0;
        for (double& sum : result) {
            sum += power;
            power *= panel.d[i];
        }
    }
    return result;
}

/// Halves panels until mass and moments agree; flat ones become atoms.
void SlopeLaw::divide(std::vector<Panel> open)
{
    constexpr double tolerance = 1e-14;
    Sums scale{};
    for (const Panel& panel : open) {
        const Sums part = sums(panel);
        std::transform(part.begin(), part.end(), scale.begin(), scale.begin(), std::plus<>());
    }
    const auto isFlat = [](const Panel& panel) {
        return panel.least == panel.greatest;
    };
    while (!open.empty()) {
        const Panel panel = open.back();
        open.pop_back();
        const double middle = (panel.from + panel.to) / 2;
        const Panel left = sampled(panel.from, middle, panel.depth + 1);
        const Panel right = sampled(middle, panel.to, panel.depth + 1);
        if (isFlat(panel) && isFlat(left) && isFlat(right) && left.least == right.least) {
            addFlat(panel.from, panel.to, panel.least);
            continue;
        }
        const Sums whole = sums(panel);
        const Sums first = sums(left);
        const Sums second = sums(right);
        bool agrees = true;
        for (std::size_t k = 0; k < whole.size(); ++k) {
            const double difference = std::abs(first[k] + second[k] - whole[k]);
            agrees = agrees && !(difference > tolerance * scale[k]);
        }
        if (agrees || panel.depth >= deepest) {
            m_roots.push_back(m_panels.size());
            m_panels.push_back(panel);
            m_panels.back().depth = 0;
        } else {
            open.push_back(right);
            open.push_back(left);
        }
    }
}

void SlopeLaw::addFlat(double from, double to, double value)
{
    const double mass = normalMass(from, to);
    if (value == 0) {
        m_zeroMass += mass;
        m_flatZeroMass += mass;
    } else {
        m_atoms.push_back({.value = value, .mass = mass});
    }
}

void SlopeLaw::mergeAtoms()
{
    std::stable_sort(m_atoms.begin(), m_atoms.end(),
                     [](const Atom& a, const Atom& b) { return a.value < b.value; });
    std::vector<Atom> merged;
    for (const Atom& atom : m_atoms) {
        if (!merged.empty() && merged.back().value == atom.value) {
            merged.back().mass += atom.mass;
        } else {
            merged.push_back(atom);
        }
    }
    m_atoms = std::move(merged);
}

} // namespace initlens::theory
