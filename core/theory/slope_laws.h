#pragma once

#include "core/theory/gate_laws.h"
#include "core/theory/slope_law.h"

#include <complex>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace initlens::theory {

/// So many layers whose pre-activations have the variance q.
struct LayersAtVariance {
    double q = 1;
    std::int64_t count = 1;
};

/// The laws of d = phi'(h)^2 of all layers of a network, of which a free product sees the geometric
/// mean: S-transforms multiply (Voiculescu 1987), so that L layers act as L copies of a law whose
/// transform M is defined by M(zeta) = M_1(zeta_1) = ... = M_L(zeta_L) with ln zeta the mean of
/// ln zeta_l. The zeta_l are the subordination functions (Biane 1998; as fixed points of maps of
/// the upper half plane, which have but one, Belinschi and Bercovici 2007), so all lie in the upper
/// half plane. They are found by Newton steps along a path from a known solution, which begins far
/// outside, where zeta_l is in proportion to E[d_l].
class SlopeLaws {
public:
    /// `layers` is not empty.
    SlopeLaws(const ActivationFunction& phi, const std::vector<LayersAtVariance>& layers);

    struct Group {
        std::unique_ptr<SlopeLaw> law;
        std::int64_t count = 0;
    };
    /// One for each variance.
    [[nodiscard]] const std::vector<Group>& groups() const { return m_groups; }
    /// The closed form, where the slopes of unlike layers are gates of one height.
    [[nodiscard]] const std::optional<GateLaws>& gates() const { return m_gates; }
    /// Whether the transforms are known without following a path.
    [[nodiscard]] bool isExplicit() const { return m_groups.size() == 1 || m_gates; }
    /// How many layers.
    [[nodiscard]] std::int64_t depth() const { return m_depth; }
    /// Share of exact zeros in the product: that of the layer that has most.
    [[nodiscard]] double zeroMass() const;
    /// Geometric means over the layers of the smallest and largest positive d.
    [[nodiscard]] double least() const;
    [[nodiscard]] double greatest() const;
    /// Mean over the layers of ln E[d].
    [[nodiscard]] double logMean() const;

    /// What the transforms have cost so far, in panels summed up: some 0.1 microseconds each.
    [[nodiscard]] long work() const;

    /// Transforms of the mean at zeta = exp(logRadius + i angle), 0 < angle < pi. Nothing where the
    /// angle is so small that a zeta_l would leave the half plane, and where rounding or too many
    /// steps in vain hide the solution.
    [[nodiscard]] std::optional<SlopeLaw::Transform> transform(double logRadius, double angle);
    /// Mean over the layers of E[arg(zeta_l - d_l)], where transform() has something.
    [[nodiscard]] double meanArgument(double logRadius, double angle);

private:
    /// A solution: zeta_l of each group as its logarithm, and the transforms there.
    struct State {
        std::complex<double> logZeta;
        std::vector<std::complex<double>> logZetas;
        std::vector<SlopeLaw::Transform> transforms;
    };

    [[nodiscard]] double weight(std::size_t group) const;
    [[nodiscard]] State farOutside();
    [[nodiscard]] std::optional<State> step(const State& from, std::complex<double> logZeta);
    [[nodiscard]] std::optional<State> follow(State from, std::complex<double> logZeta);
    [[nodiscard]] std::optional<State> followOver(const State& from, double angle,
                                                  std::complex<double> logZeta);
    [[nodiscard]] const State& nearest(std::complex<double> logZeta);
    [[nodiscard]] const State* solution(std::complex<double> logZeta);
    void keep(State state);

    std::vector<Group> m_groups;
    std::optional<GateLaws> m_gates;
    std::int64_t m_depth = 0;
    std::vector<State> m_known; ///< apart from each other
    State m_last;
    long m_vain = 0; ///< work of steps that failed
};

} // namespace initlens::theory
