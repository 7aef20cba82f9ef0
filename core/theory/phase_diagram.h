#pragma once

#include "core/base/execution.h"
#include "core/theory/activation_moments.h"
#include "core/theory/mean_field.h"

#include <functional>
#include <optional>
#include <vector>

namespace initlens::theory {

/// Where a network at some weights and biases ends up, deep inside (Poole et al. 2016; Schoenholz
/// et al. 2017).
struct PhasePoint {
    /// The fixed point that a pre-activation variance of 1 flows to. Absent where q diverges, and
    /// where every q is conserved (relu at sigma_w^2 = 2).
    std::optional<double> qStar = {};
    /// sigma_w^2 E_q*[phi'^2]. Of homogeneous activations it is the same at every q, and known
    /// where q diverges too.
    std::optional<double> chi1 = {};
    Phase phase = Phase::Diverging;

    /// xi_grad = 1 / |ln chi_1|: layers over which squared gradients change by a factor e. In the
    /// ordered phase it is xi_c as well. Infinite at chi_1 = 1; absent with chi_1.
    [[nodiscard]] std::optional<double> gradientDepth() const;
};

/// Phases of one activation at any number of weights and biases: its moments are tabulated as they
/// are asked for, after which a point takes some microseconds. chi_1 agrees with meanField to some
/// 1e-10. For one thread.
class PhaseSolver {
public:
    explicit PhaseSolver(ActivationFunction phi);
    /// Any law with finite variances.
    PhasePoint at(const LayerLaw& law);
    [[nodiscard]] const MomentTable& moments() const { return m_table; }

private:
    /// Moments at q = exp(rung width x index).
    struct Rung {
        double secondMoment = 0;
        double slope = 0; ///< d E[phi^2] / dq
    };

    const Rung& rung(int index);
    PhasePoint homogeneous(const LayerLaw& law);
    std::optional<double> attractor(const LayerLaw& law);
    /// q at the first sign change of V(q) - q between two rungs; nothing without one.
    std::optional<double> crossing(const LayerLaw& law, int from, int to);
    std::optional<double> withoutCrossing(const LayerLaw& law, bool upwards);

    MomentTable m_table;
    std::vector<std::optional<Rung>> m_up;
    std::vector<std::optional<Rung>> m_down;
};

/// A rectangle of deviations: sigma_w = sqrt(fan-in x Var(W)) and sigma_b.
struct PhaseRectangle {
    double sigmaWFrom = 0;
    double sigmaWTo = 3;
    double sigmaBFrom = 0;
    double sigmaBTo = 2;

    [[nodiscard]] bool contains(double sigmaW, double sigmaB) const
    {
        return sigmaWFrom <= sigmaW && sigmaW <= sigmaWTo && sigmaBFrom <= sigmaB &&
               sigmaB <= sigmaBTo;
    }
    friend bool operator==(const PhaseRectangle&, const PhaseRectangle&) = default;
};

/// From the origin, wide enough to show where order ends: at least 3 x 2, and twice the sigma_w at
/// which networks without biases are critical (20.4 for sigmoid).
PhaseRectangle usualRectangle(const ActivationFunction& phi);

struct CriticalPoint {
    double sigmaW = 0;
    double sigmaB = 0;
};

struct PhaseDiagram {
    PhaseRectangle rectangle = {};
    int cellsPerAxis = 0;
    /// At the centres of equal cells: row by row, sigma_w ascending within a row and sigma_b from
    /// row to row.
    std::vector<PhasePoint> cells = {};
    /// Where chi_1 = 1, as lines within the rectangle: points of the edge of chaos that a variance
    /// of 1 flows to. Of a homogeneous activation one line at its sigma_w, on which q grows with
    /// every layer but at sigma_b = 0. Absent until they are known.
    std::optional<std::vector<std::vector<CriticalPoint>>> criticalLines = {};
    bool homogeneous = false;

    [[nodiscard]] const PhasePoint& cell(int column, int row) const
    {
        return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(cellsPerAxis) +
                     static_cast<std::size_t>(column)];
    }
    /// The law at the centre of a cell.
    [[nodiscard]] LayerLaw lawAt(int column, int row) const;
};

using PhaseSink = std::function<void(PhaseDiagram)>;

/// Computes the diagram on the calling thread, coarse to fine: 8 x 8 cells first, then twice as
/// many per axis up to `finest` (a power of 2, at least 8), each a whole diagram. Returns early,
/// without another word, after a stop request.
void computePhaseDiagram(const ActivationFunction& phi, const PhaseRectangle& rectangle, int finest,
                         const PhaseSink& sink, const Execution& execution);

} // namespace initlens::theory
