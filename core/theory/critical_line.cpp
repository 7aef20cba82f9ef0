#include "core/theory/critical_line.h"

#include "core/theory/edge_of_chaos.h"

#include <algorithm>
#include <cmath>

namespace initlens::theory {

namespace {

using Line = std::vector<CriticalPoint>;

constexpr double smallestQ = 1e-10;
constexpr double largestQ = 1e8;
constexpr double perDecade = 5;
/// Of the rectangle's sides, between neighbouring points.
constexpr double finestStep = 0.01;
constexpr double indistinct = 1e-7;
constexpr int mostHalvings = 10;

/// The part of a segment within the rectangle (Liang and Barsky 1984), as shares of its length.
std::optional<std::pair<double, double>> inside(const CriticalPoint& a, const CriticalPoint& b,
                                                const PhaseRectangle& r)
{
    double from = 0;
    double to = 1;
    const auto keep = [&](double change, double room) {
        if (change == 0) {
            return room >= 0;
        }
        const double share = room / change;
        (change > 0 ? to : from) = change > 0 ? std::min(to, share) : std::max(from, share);
        return from <= to;
    };
    const double w = b.sigmaW - a.sigmaW;
    const double h = b.sigmaB - a.sigmaB;
    const bool meets = keep(-w, a.sigmaW - r.sigmaWFrom) && keep(w, r.sigmaWTo - a.sigmaW) &&
                       keep(-h, a.sigmaB - r.sigmaBFrom) && keep(h, r.sigmaBTo - a.sigmaB);
    return meets ? std::optional(std::pair(from, to)) : std::nullopt;
}

/// Follows the edge of chaos from one q* to the next.
class EdgeWalk {
public:
    EdgeWalk(PhaseSolver& solver, const PhaseRectangle& rectangle, const Execution& execution)
        : m_solver(solver), m_rectangle(rectangle), m_execution(execution)
    {}

    std::vector<Line> walk()
    {
        const double step = std::log(10.0) / perDecade;
        Stop before = stopAt(std::log(smallestQ));
        while (before.logQ < std::log(largestQ) && !isBeyond(before.logQ) &&
               !m_execution.stopRequested()) {
            const Stop next = stopAt(before.logQ + step);
            connect(before, next, mostHalvings);
            before = next;
        }
        return std::move(m_lines);
    }

private:
    struct Stop {
        double logQ = 0;
        std::optional<CriticalPoint> point = {}; ///< where a network ends up on the edge with it
    };

    /// Far larger than any variance within the rectangle, of an activation that levels off.
    bool isBeyond(double logQ)
    {
        constexpr double far = 1e3;
        const double q = std::exp(logQ);
        const auto largest = activationMoments(m_solver.moments().function(), q).secondMoment;
        return q > far * (m_rectangle.sigmaWTo * m_rectangle.sigmaWTo * largest +
                          m_rectangle.sigmaBTo * m_rectangle.sigmaBTo);
    }

    Stop stopAt(double logQ)
    {
        Stop stop{.logQ = logQ};
        const double q = std::exp(logQ);
        const auto edge = edgeAt(m_solver.moments().function(), q);
        if (edge && edge->stable && isReached(*edge, q)) {
            stop.point = CriticalPoint{std::sqrt(edge->sigmaW2), std::sqrt(edge->sigmaB2)};
        }
        return stop;
    }

    bool isReached(const EdgePoint& edge, double q)
    {
        // Below it activations are linear to the last digits, and everything flows to 0.
        constexpr double linear = 1e-6;
        constexpr double close = 1e-2;
        if (q < linear) {
            return true;
        }
        const auto end = m_solver.at({.sigmaW2 = edge.sigmaW2, .sigmaB2 = edge.sigmaB2}).qStar;
        return end && std::abs(*end - q) < close * q;
    }

    /// In sides of the rectangle.
    [[nodiscard]] double distance(const CriticalPoint& a, const CriticalPoint& b) const
    {
        const double width = m_rectangle.sigmaWTo - m_rectangle.sigmaWFrom;
        const double height = m_rectangle.sigmaBTo - m_rectangle.sigmaBFrom;
        return std::hypot((a.sigmaW - b.sigmaW) / width, (a.sigmaB - b.sigmaB) / height);
    }

    void connect(const Stop& a, const Stop& b, int halvings)
    {
        if ((!a.point && !b.point) || m_execution.stopRequested()) {
            return;
        }
        const bool both = a.point && b.point;
        if (both && (halvings == 0 || distance(*a.point, *b.point) < finestStep ||
                     !inside(*a.point, *b.point, m_rectangle))) {
            add(*a.point, *b.point);
        } else if (halvings > 0) {
            const Stop middle = stopAt((a.logQ + b.logQ) / 2);
            connect(a, middle, halvings - 1);
            connect(middle, b, halvings - 1);
        }
    }

    void add(const CriticalPoint& a, const CriticalPoint& b)
    {
        const auto part = inside(a, b, m_rectangle);
        if (!part || distance(a, b) < indistinct) {
            return;
        }
        const auto between = [&](double share) {
            return CriticalPoint{a.sigmaW + share * (b.sigmaW - a.sigmaW),
                                 a.sigmaB + share * (b.sigmaB - a.sigmaB)};
        };
        const CriticalPoint from = between(part->first);
        const bool goesOn =
            !m_lines.empty() && distance(m_lines.back().back(), from) < 2 * indistinct;
        if (!goesOn) {
            m_lines.push_back({from});
        }
        m_lines.back().push_back(between(part->second));
    }

    PhaseSolver& m_solver;
    const PhaseRectangle& m_rectangle;
    const Execution& m_execution;
    std::vector<Line> m_lines;
};

} // namespace

std::vector<std::vector<CriticalPoint>>
criticalLines(PhaseSolver& solver, const PhaseRectangle& rectangle, const Execution& execution)
{
    if (!solver.moments().homogeneous()) {
        return EdgeWalk(solver, rectangle, execution).walk();
    }
    const double slope = *solver.at({.sigmaW2 = 1}).chi1;
    const double sigmaW = 1 / std::sqrt(slope);
    if (!rectangle.contains(sigmaW, rectangle.sigmaBFrom)) {
        return {};
    }
    return {{{sigmaW, rectangle.sigmaBFrom}, {sigmaW, rectangle.sigmaBTo}}};
}

} // namespace initlens::theory
