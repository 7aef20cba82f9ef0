#pragma once

#include "core/theory/gaussian_mean.h"

#include <array>
#include <complex>
#include <cstddef>
#include <vector>

namespace initlens::theory {

/// The law of d = phi'(h)^2 over pre-activations h ~ N(0, q): the squared slope of one unit, summed
/// over its outputs. Pieces where the slope is constant are atoms with their exact mass; the rest
/// is kept as panels of quadrature nodes, which are halved wherever the resolvent asks for it.
class SlopeLaw {
public:
    struct Atom {
        double value = 0;
        double mass = 0;
    };

    /// Transforms of d at zeta = exp(logRadius + i angle), 0 < angle < pi.
    struct Transform {
        std::complex<double> moment; ///< M(zeta) = E[d / (zeta - d)]
        double onePlusReal = 0;      ///< real part of 1 + M, without the cancellation near M = -1
        std::complex<double> slope;  ///< zeta M'(zeta)
    };

    SlopeLaw(const ActivationFunction& phi, double q);
    SlopeLaw(const SlopeLaw&) = delete;
    SlopeLaw& operator=(const SlopeLaw&) = delete;

    /// Atoms at positive d, ascending.
    [[nodiscard]] const std::vector<Atom>& atoms() const { return m_atoms; }
    /// P(d = 0). A slope below 1e-70 counts as zero.
    [[nodiscard]] double zeroMass() const { return m_zeroMass; }
    [[nodiscard]] bool hasContinuousPart() const { return !m_roots.empty(); }
    /// E[d^k], k = 1 .. 4.
    [[nodiscard]] const std::array<double, 4>& moments() const { return m_moments; }
    /// Smallest and largest positive d within `reach`.
    [[nodiscard]] double least() const { return m_least; }
    [[nodiscard]] double greatest() const { return m_greatest; }

    [[nodiscard]] Transform transform(double logRadius, double angle);
    /// How many panels and atoms the transforms have summed up so far: their cost, on any machine.
    [[nodiscard]] long work() const { return m_work; }
    /// E[arg(zeta - d)].
    [[nodiscard]] double meanArgument(double logRadius, double angle);
    /// P(ln d > logRadius).
    [[nodiscard]] double massAbove(double logRadius);
    /// Density of ln d at logRadius, atoms left out.
    [[nodiscard]] double logDensity(double logRadius);

private:
    struct Panel {
        double from = 0;
        double to = 0;
        int depth = 0;
        std::size_t children = 0; ///< index of the left half, the right one follows; 0: none yet
        double least = 0;
        double greatest = 0;
        std::array<double, panelNodes> d{};
        std::array<double, panelNodes> weight{};
    };
    static constexpr int deepest = 56; ///< halvings of a panel
    using Sums = std::array<double, 5>;

    Panel sampled(double from, double to, int depth);
    void sampleSlopes(Panel& panel);
    void sampleFolded(Panel& panel) const;
    void approachExtremes();
    void fold();
    static void addChebyshevMeans(const Panel& panel, double range, std::vector<double>& means);
    void forgetHalves();
    void divide(std::vector<Panel> open);
    void addFlat(double from, double to, double value);
    void mergeAtoms();
    template <class Visit>
    void visit(double logRadius, double angle, Visit&& each);
    [[nodiscard]] double smoothed(double logRadius, double angle);
    static Sums sums(const Panel& panel);

    ActivationFunction m_phi;
    PanelSamples m_samples;
    std::vector<Atom> m_atoms;
    double m_zeroMass = 0;
    double m_flatZeroMass = 0; ///< the part of it that no panel holds
    std::array<double, 4> m_moments{};
    double m_width = 1e-6; ///< of the kernel through which logDensity() looks
    double m_least = 0;
    double m_greatest = 0;
    std::vector<Panel> m_panels;
    std::vector<std::size_t> m_roots;
    std::vector<std::size_t> m_open;
    /// Chebyshev moments of d on [0, m_range] once the law is folded; see fold().
    std::vector<double> m_folded;
    double m_range = 0;
    long m_work = 0;
};

} // namespace initlens::theory
