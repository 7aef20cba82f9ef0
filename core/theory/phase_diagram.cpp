#include "core/theory/phase_diagram.h"

#include "core/theory/critical_line.h"
#include "core/theory/edge_of_chaos.h"
#include "core/theory/root.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::theory {

namespace {

constexpr double rungWidth = 0.25; // in ln q: finds all that the fixed points' own search finds
constexpr int highestRung = 130;   // q = 1.3e14
constexpr int lowestRung = -221;   // q = 1e-24
constexpr double nearZero = 1e-200;
constexpr int coarsest = 8;

double varianceAt(int rung)
{
    return std::exp(rungWidth * rung);
}

Phase phaseOf(double chi1)
{
    if (std::abs(chi1 - 1) <= criticalTolerance) {
        return Phase::Critical;
    }
    return chi1 < 1 ? Phase::Ordered : Phase::Chaotic;
}

} // namespace

std::optional<double> PhasePoint::gradientDepth() const
{
    if (!chi1) {
        return std::nullopt;
    }
    const double logarithm = std::abs(std::log(*chi1));
    return logarithm == 0 ? std::numeric_limits<double>::infinity() : 1 / logarithm;
}

PhaseSolver::PhaseSolver(ActivationFunction phi)
    : m_table(std::move(phi)), m_up(highestRung + 1), m_down(-lowestRung + 1)
{}

const PhaseSolver::Rung& PhaseSolver::rung(int index)
{
    auto& place = index < 0 ? m_down[static_cast<std::size_t>(-index)]
                            : m_up[static_cast<std::size_t>(index)];
    if (!place) {
        const auto moments = activationMoments(m_table.function(), varianceAt(index));
        place = Rung{.secondMoment = moments.secondMoment, .slope = moments.secondMomentSlope};
    }
    return *place;
}

PhasePoint PhaseSolver::at(const LayerLaw& law)
{
    if (m_table.homogeneous()) {
        return homogeneous(law);
    }
    PhasePoint point;
    point.qStar = attractor(law);
    if (point.qStar) {
        point.chi1 = law.sigmaW2 * m_table.at(std::max(*point.qStar, nearZero)).slopeMoments[0];
        point.phase = phaseOf(*point.chi1);
    }
    return point;
}

// q' = a q + sigma_b^2 with the same a as chi_1.
PhasePoint PhaseSolver::homogeneous(const LayerLaw& law)
{
    PhasePoint point;
    point.chi1 = law.sigmaW2 * m_table.at(1).slopeMoments[0];
    const Phase phase = phaseOf(*point.chi1);
    if (phase == Phase::Ordered) {
        point.qStar = law.sigmaB2 / (1 - *point.chi1);
        point.phase = phase;
    } else if (phase == Phase::Critical && law.sigmaB2 == 0) {
        point.phase = phase;
    }
    return point;
}

std::optional<double> PhaseSolver::attractor(const LayerLaw& law)
{
    const double growth = law.sigmaW2 * rung(0).secondMoment + law.sigmaB2 - 1;
    if (growth == 0) {
        return 1;
    }
    const int step = growth > 0 ? 1 : -1;
    const int last = growth > 0 ? highestRung : lowestRung;
    for (int index = 0; index != last; index += step) {
        if (const auto q = crossing(law, index, index + step)) {
            return q;
        }
    }
    return withoutCrossing(law, growth > 0);
}

std::optional<double> PhaseSolver::crossing(const LayerLaw& law, int from, int to)
{
    const auto growthAt = [&](double logQ) {
        const double q = std::exp(logQ);
        return std::log((law.sigmaW2 * m_table.at(q).secondMoment + law.sigmaB2) / q);
    };
    const auto excess = [&](int index) {
        return law.sigmaW2 * rung(index).secondMoment + law.sigmaB2 - varianceAt(index);
    };
    const double before = excess(from);
    if ((before > 0) != (excess(to) > 0)) {
        return std::exp(findRoot(growthAt, rungWidth * from, rungWidth * to));
    }
    // Two fixed points may hide between rungs of one sign: the extremum of ln(V(q) / q) tells.
    const auto incline = [&](double q, double secondMoment, double slope) {
        return q * law.sigmaW2 * slope / (law.sigmaW2 * secondMoment + law.sigmaB2) - 1;
    };
    const auto inclineAt = [&](int index) {
        return incline(varianceAt(index), rung(index).secondMoment, rung(index).slope);
    };
    const double towards = (before > 0 ? 1.0 : -1.0) * (to - from);
    if (!(towards * inclineAt(from) < 0 && towards * inclineAt(to) > 0)) {
        return std::nullopt;
    }
    const double extremum = findRoot(
        [&](double logQ) {
            const double q = std::exp(logQ);
            const auto moments = m_table.at(q);
            return incline(q, moments.secondMoment, moments.secondMomentSlope);
        },
        rungWidth * from, rungWidth * to);
    if ((growthAt(extremum) > 0) == (before > 0)) {
        return std::nullopt;
    }
    return std::exp(findRoot(growthAt, rungWidth * from, extremum));
}

std::optional<double> PhaseSolver::withoutCrossing(const LayerLaw& law, bool upwards)
{
    if (upwards) {
        return std::nullopt;
    }
    // Biases too small for the ladder, or none: then q falls to 0, however slowly.
    const double next = law.sigmaW2 * m_table.at(nearZero).secondMoment + law.sigmaB2;
    return next < varianceAt(2 * lowestRung) ? 0 : next;
}

PhaseRectangle usualRectangle(const ActivationFunction& phi)
{
    PhaseRectangle rectangle;
    for (const EdgePoint& point : edgeWithBias(phi, 0)) {
        if (point.stable || !point.qStar) {
            const double wide = std::ceil(2 * std::sqrt(point.sigmaW2));
            rectangle.sigmaWTo = std::max(rectangle.sigmaWTo, wide);
            break;
        }
    }
    rectangle.sigmaBTo = std::ceil(rectangle.sigmaWTo * 2 / 3);
    return rectangle;
}

LayerLaw PhaseDiagram::lawAt(int column, int row) const
{
    const auto centre = [&](double from, double to, int index) {
        return from + (to - from) * (index + 0.5) / cellsPerAxis;
    };
    const double sigmaW = centre(rectangle.sigmaWFrom, rectangle.sigmaWTo, column);
    const double sigmaB = centre(rectangle.sigmaBFrom, rectangle.sigmaBTo, row);
    return {.sigmaW2 = sigmaW * sigmaW, .sigmaB2 = sigmaB * sigmaB};
}

void computePhaseDiagram(const ActivationFunction& phi, const PhaseRectangle& rectangle, int finest,
                         const PhaseSink& sink, const Execution& execution)
{
    PhaseSolver solver(phi);
    PhaseDiagram diagram;
    diagram.rectangle = rectangle;
    diagram.homogeneous = solver.moments().homogeneous();
    for (int cells = coarsest; cells <= finest; cells *= 2) {
        diagram.cellsPerAxis = cells;
        diagram.cells.clear();
        for (int row = 0; row < cells; ++row) {
            for (int column = 0; column < cells; ++column) {
                if (execution.stopRequested()) {
                    return;
                }
                diagram.cells.push_back(solver.at(diagram.lawAt(column, row)));
            }
        }
        sink(diagram);
        if (!diagram.criticalLines) {
            diagram.criticalLines = criticalLines(solver, rectangle, execution);
        }
    }
}

} // namespace initlens::theory
