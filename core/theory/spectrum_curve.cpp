#include "core/theory/spectrum_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::theory {

namespace {

constexpr std::size_t coarsePoints = 120;
constexpr std::size_t finePoints = 320;
constexpr std::size_t finePointsFollowed = 180; ///< along a path, where each takes long
constexpr double negligibleMass = 1e-7;
constexpr double leastLogRadius = -330;
constexpr double greatestLogRadius = 330;
constexpr double leastDensity = 1e-13;
/// Less below the lowest point is rounding: the bulk ends there.
constexpr double edgeMass = 1e-9;
/// What may be left below the lowest point where rounding ends the curve.
constexpr double bearableMass = 1e-3;
/// What may lie between the neighbours of a point that rounding hides.
constexpr double bearableHole = 0.03;

} // namespace

SpectrumCurve::SpectrumCurve(SlopeLaws& slopes, Ensemble ensemble, std::vector<Atom> atoms,
                             double bulkMass)
    : m_slopes(slopes), m_product(slopes, ensemble), m_atoms(std::move(atoms)), m_bulkMass(bulkMass)
{
    placeEnds();
    refineByMass();
    forgetLost();
    insertEdges();
    refineByShape();
    forgetLost();
    limitSpikes();
}

bool SpectrumCurve::sound() const
{
    return massBelow(m_points.front()) < bearableMass * m_bulkMass &&
           std::all_of(m_points.begin(), m_points.end(), [](const Point& point) {
               return std::isfinite(point.logLambda) && point.logRadius < greatestLogRadius;
           });
}

double SpectrumCurve::massBelow(const Point& point) const
{
    return 1 - m_slopes.zeroMass() - point.massAbove;
}

/// Mass of the bulk between two points.
double SpectrumCurve::bulkBetween(const Point& low, const Point& high) const
{
    double mass = low.massAbove - high.massAbove;
    for (const Atom& atom : m_atoms) {
        if (atom.logLambda >= low.logLambda && atom.logLambda <= high.logLambda) {
            mass -= atom.mass;
        }
    }
    return std::max(0.0, mass);
}

/// In a gap above zero some subordination functions of unlike layers are real and negative: the
/// path that is followed has no point there.
bool SpectrumCurve::isLost(const Point& point) const
{
    if (m_slopes.isExplicit()) {
        return false;
    }
    return !std::isfinite(point.logLambda) || (point.angle > 0 && point.density < leastDensity);
}

/// The last point of the curve on the way down from one to a radius where it is lost.
FreeProduct::Point SpectrumCurve::lastBefore(Point found, double lost)
{
    constexpr int halvings = 45;
    for (int step = 0; step < halvings; ++step) {
        const double middle = (found.logRadius + lost) / 2;
        const Point point = m_product.at(middle, found.angle);
        if (isLost(point)) {
            lost = middle;
        } else {
            found = point;
        }
    }
    return found;
}

void SpectrumCurve::placeEnds()
{
    double low = std::log(m_slopes.least());
    double high = std::log(m_slopes.greatest());
    if (!m_product.isGap(high)) {
        double step = 0.01;
        double gap = high + step;
        while (!m_product.isGap(gap) && gap < greatestLogRadius) {
            high = gap;
            step *= 2;
            gap += step;
        }
        high = m_product.edge(gap, high);
    } else {
        high += 0.01; // clear of the atom that must be there
    }
    m_points.push_back(m_product.at(high));
    double step = 0.5;
    if (!m_slopes.isExplicit()) {
        // Layers that differ are followed from above, in steps on the scale of their slopes.
        low = high;
        step = std::clamp((std::log(m_slopes.greatest()) - m_slopes.logMean()) / 4, 1e-3, step);
    }
    Point lowest = m_product.at(low);
    bool endsAbove = false; // zero
    while (massBelow(lowest) > negligibleMass * m_bulkMass && low - step > leastLogRadius) {
        const Point next = m_product.at(low - step, lowest.angle);
        if (isLost(next)) {
            lowest = lastBefore(lowest, low - step);
            endsAbove = true;
            low = lowest.logRadius;
            break;
        }
        low -= step;
        step *= 1.3;
        lowest = next;
    }
    if (low < high) {
        m_points.insert(m_points.begin(), lowest);
    }
    if (endsAbove && massBelow(lowest) < edgeMass * m_bulkMass) {
        Point edge = lowest;
        edge.density = 0;
        edge.massAbove = 1 - m_slopes.zeroMass();
        m_points.insert(m_points.begin(), edge);
    }
}

void SpectrumCurve::insert(std::size_t after, double logRadius)
{
    const double guess = m_points[after].angle;
    const Point point = m_product.at(logRadius, guess);
    m_points.insert(m_points.begin() + static_cast<std::ptrdiff_t>(after) + 1, point);
}

/// Drops points that rounding hides, where little lies between their neighbours.
void SpectrumCurve::forgetLost()
{
    for (std::size_t i = 1; i + 1 < m_points.size();) {
        const bool lost = !std::isfinite(m_points[i].logLambda);
        const double between = m_points[i - 1].massAbove - m_points[i + 1].massAbove;
        if (lost && between < bearableHole * m_bulkMass) {
            m_points.erase(m_points.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
}

/// A point near the middle of an interval: next to it where rounding hides the curve.
void SpectrumCurve::halve(std::size_t interval)
{
    const double from = m_points[interval].logRadius;
    const double to = m_points[interval + 1].logRadius;
    for (const double share : {0.5, 0.37, 0.66, 0.22, 0.81}) {
        Point point = m_product.at(std::lerp(from, to, share), m_points[interval].angle);
        const bool found = std::isfinite(point.logLambda);
        if (!found) {
            point.massAbove = (m_points[interval].massAbove + m_points[interval + 1].massAbove) / 2;
        }
        if (found || share == 0.81) {
            m_points.insert(m_points.begin() + static_cast<std::ptrdiff_t>(interval) + 1, point);
            return;
        }
    }
}

/// Halves intervals until none holds a large share of the bulk.
void SpectrumCurve::refineByMass()
{
    while (m_points.size() >= 2 && m_points.size() < coarsePoints) {
        std::size_t worst = 0;
        double largest = 0;
        for (std::size_t i = 0; i + 1 < m_points.size(); ++i) {
            const double mass = bulkBetween(m_points[i], m_points[i + 1]);
            const double width = m_points[i + 1].logRadius - m_points[i].logRadius;
            if (mass > largest && width > 1e-13) {
                largest = mass;
                worst = i;
            }
        }
        if (largest < m_bulkMass / 60) {
            break;
        }
        halve(worst);
    }
}

/// Edges of the bulk between a point in a gap and one that is not.
void SpectrumCurve::insertEdges()
{
    for (std::size_t i = 0; i + 1 < m_points.size(); ++i) {
        const Point& low = m_points[i];
        const Point& high = m_points[i + 1];
        if (low.inGap() == high.inGap()) {
            continue;
        }
        const double edge = low.inGap() ? m_product.edge(low.logRadius, high.logRadius)
                                        : m_product.edge(high.logRadius, low.logRadius);
        if (edge != low.logRadius && edge != high.logRadius) {
            insert(i, edge);
            ++i;
        }
    }
}

/// Halves intervals where density or ln s changes most.
void SpectrumCurve::refineByShape()
{
    if (m_points.size() < 2) {
        return;
    }
    const auto weighty = [&](const Point& point) {
        return massBelow(point) > 2e-3 * m_bulkMass;
    };
    const std::size_t most = m_slopes.isExplicit() ? finePoints : finePointsFollowed;
    while (m_points.size() < most) {
        double peak = 0;
        double least = m_points.back().logLambda;
        for (std::size_t i = 1; i + 1 < m_points.size(); ++i) {
            peak = std::max(peak, std::min(m_points[i].density, m_points[i + 1].density));
            least = weighty(m_points[i]) ? std::min(least, m_points[i].logLambda) : least;
        }
        const double spread = m_points.back().logLambda - least;
        std::size_t worst = 0;
        double largest = 0;
        for (std::size_t i = 0; i + 1 < m_points.size(); ++i) {
            const Point& low = m_points[i];
            const Point& high = m_points[i + 1];
            if ((low.inGap() && high.inGap()) || high.logRadius - low.logRadius < 1e-15) {
                continue;
            }
            const double width = high.logLambda - low.logLambda;
            const double mass = bulkBetween(low, high) / m_bulkMass;
            const double trapezoid = (low.density + high.density) / 2 * width / m_bulkMass;
            const double share = weighty(high) ? width / std::max(spread, 1e-300) : 0;
            if (mass < 2e-5 && trapezoid < 1e-4 && share < 1e-3) {
                continue;
            }
            const double bend = std::abs(high.density - low.density) / std::max(peak, 1e-300);
            const double need = 20 * std::abs(trapezoid - mass) + mass / 4 +
                                std::min(1.0, share) / 4 + std::min(1.0, bend) / 2;
            if (need > largest) {
                largest = need;
                worst = i;
            }
        }
        if (largest < 1e-3) {
            break;
        }
        halve(worst);
    }
}

/// Keeps density near its means on both sides of a point, which are exact, where a singularity is
/// too narrow for it.
void SpectrumCurve::limitSpikes()
{
    constexpr double exactMass = 1e-7; // less is a difference of rounded numbers
    for (std::size_t i = 1; i + 1 < m_points.size(); ++i) {
        Point& point = m_points[i];
        const double massBefore = bulkBetween(m_points[i - 1], point);
        const double massAfter = bulkBetween(point, m_points[i + 1]);
        const double widthBefore = point.logLambda - m_points[i - 1].logLambda;
        const double widthAfter = m_points[i + 1].logLambda - point.logLambda;
        if (!point.inGap() && std::min(massBefore, massAfter) > exactMass &&
            std::min(widthBefore, widthAfter) > 0) {
            const auto [least, greatest] =
                std::minmax({massBefore / widthBefore, massAfter / widthAfter});
            point.density = std::clamp(point.density, least, 2 * greatest);
        }
    }
}

double SpectrumCurve::logMin() const
{
    if (!m_points.front().inGap()) {
        return -std::numeric_limits<double>::infinity();
    }
    for (std::size_t i = 0; i + 1 < m_points.size(); ++i) {
        if (!m_points[i + 1].inGap()) {
            return m_points[i].logLambda;
        }
    }
    return m_points.front().logLambda;
}

double SpectrumCurve::logMax() const
{
    for (std::size_t i = m_points.size() - 1; i > 0; --i) {
        if (!m_points[i - 1].inGap()) {
            return m_points[i].logLambda;
        }
    }
    return m_points.back().logLambda;
}

/// Newton steps inside a shrinking bracket of radii; `excess` is positive above the solution.
template <class Excess, class Slope>
FreeProduct::Point SpectrumCurve::solve(Point low, Point high, Excess&& excess, Slope&& slope)
{
    Point point = low;
    double next = (low.logRadius + high.logRadius) / 2;
    for (int step = 0; step < 100; ++step) {
        point = m_product.at(next, point.angle);
        const double value = excess(point);
        (value > 0 ? high : low) = point;
        const double before = point.logRadius;
        next = before - value / slope(point);
        if (std::abs(next - before) <= 1e-15 * std::max(1.0, std::abs(before))) {
            break;
        }
        if (!(next > low.logRadius && next < high.logRadius)) {
            next = (low.logRadius + high.logRadius) / 2;
        }
        if (!(next > low.logRadius && next < high.logRadius)) {
            break;
        }
    }
    return point;
}

FreeProduct::Point SpectrumCurve::atLogLambda(double logLambda)
{
    if (logLambda >= logMax() || m_points.size() < 2) {
        return {.logLambda = logLambda, .massAbove = m_points.back().massAbove};
    }
    Point low = m_points.front();
    Point high = low;
    while (low.logLambda > logLambda) {
        high = low;
        if (low.inGap() || low.logRadius < leastLogRadius) {
            return {.logLambda = logLambda, .massAbove = 1 - m_slopes.zeroMass()};
        }
        low = m_product.at(low.logRadius - 1, low.angle);
    }
    if (high.logLambda <= low.logLambda) {
        const auto above = std::upper_bound(
            m_points.begin(), m_points.end(), logLambda,
            [](double value, const Point& point) { return value < point.logLambda; });
        high = *above;
        low = *(above - 1);
    }
    return solve(
        low, high, [&](const Point& point) { return point.logLambda - logLambda; },
        [](const Point& point) { return point.pace; });
}

FreeProduct::Point SpectrumCurve::atMassAbove(double massAbove)
{
    const auto above = std::find_if(m_points.begin(), m_points.end(), [&](const Point& point) {
        return point.massAbove < massAbove;
    });
    if (above == m_points.begin()) {
        return m_points.front();
    }
    if (above == m_points.end()) {
        return m_points.back();
    }
    return solve(
        *(above - 1), *above, [&](const Point& point) { return massAbove - point.massAbove; },
        [](const Point& point) { return point.density * point.pace; });
}

} // namespace initlens::theory
