#pragma once

#include "core/theory/activation_function.h"
#include "core/theory/gauss_legendre.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace initlens::theory {

/// What one unit does at one pre-activation.
struct UnitSample {
    double z = 0; ///< standard normal: h = sqrt(q) z
    double h = 0;
    std::array<double, 2> value{}; ///< phi; the second is 0 unless the unit has two outputs
    std::array<double, 2> slope{}; ///< phi'
};

/// Panels (ascending ends) on which phi(sqrt(q) z) is smooth, for z within `reach` deviations:
/// parted at kinks, finer near h = 0 where activations bend.
std::vector<double> panelEdges(const ActivationFunction& phi, double q);

/// Normal numbers beyond so many deviations weigh less than 1e-26.
inline constexpr double reach = 11;

/// phi at the nodes of one panel [from, to] of z.
class PanelSamples {
public:
    PanelSamples(const ActivationFunction& phi, double q);
    void place(double from, double to);
    [[nodiscard]] const UnitSample& at(std::size_t node) const { return m_samples[node]; }
    /// Quadrature weight of a node, with the normal density in it.
    [[nodiscard]] double weight(std::size_t node) const { return m_weights[node]; }

private:
    const ActivationFunction& m_phi;
    double m_deviation;
    std::array<double, panelNodes> m_h{};
    std::array<double, 2 * panelNodes> m_value{};
    std::array<double, 2 * panelNodes> m_slope{};
    std::array<UnitSample, panelNodes> m_samples{};
    std::array<double, panelNodes> m_weights{};
};

/// E_q[f] = mean of f(sample) over h ~ N(0, q), for K functions at once: `integrand(sample)` gives
/// a std::array<double, K>. Panels are halved until their halves agree with the whole to 1e-13 of
/// the sum, so kinks, steps and narrow bends that nobody announced are found as well; smooth
/// integrands come out to 1e-15. (Composite Gauss-Legendre: plain Gauss-Hermite loses up to the
/// second digit at a kink.)
template <std::size_t K, class Integrand>
std::array<double, K> gaussianMean(const ActivationFunction& phi, double q, Integrand&& integrand)
{
    constexpr double tolerance = 1e-13;
    constexpr int deepest = 50;
    constexpr int mostHalvings = 4'000; // oscillations beyond them are sampled, not followed
    int halvings = 0;
    struct Panel {
        double from, to;
        int depth;
        std::array<double, K> whole;
    };
    PanelSamples samples(phi, q);
    const auto integral = [&](double from, double to) {
        samples.place(from, to);
        std::array<double, K> sum{};
        for (std::size_t node = 0; node < panelNodes; ++node) {
            const std::array<double, K> values = integrand(samples.at(node));
            for (std::size_t k = 0; k < K; ++k) {
                sum[k] += samples.weight(node) * values[k];
            }
        }
        return sum;
    };
    const std::vector<double> edges = panelEdges(phi, q);
    std::vector<Panel> open;
    std::array<double, K> scale{};
    for (std::size_t i = edges.size() - 1; i > 0; --i) {
        open.push_back({edges[i - 1], edges[i], 0, integral(edges[i - 1], edges[i])});
        for (std::size_t k = 0; k < K; ++k) {
            scale[k] += std::abs(open.back().whole[k]);
        }
    }
    std::array<double, K> total{};
    while (!open.empty()) {
        const Panel panel = open.back();
        open.pop_back();
        const double middle = (panel.from + panel.to) / 2;
        const auto left = integral(panel.from, middle);
        const auto right = integral(middle, panel.to);
        bool agrees = true;
        for (std::size_t k = 0; k < K; ++k) {
            agrees =
                agrees && !(std::abs(left[k] + right[k] - panel.whole[k]) > tolerance * scale[k]);
        }
        if (agrees || panel.depth >= deepest || ++halvings > mostHalvings) {
            for (std::size_t k = 0; k < K; ++k) {
                total[k] += left[k] + right[k];
            }
        } else {
            open.push_back({middle, panel.to, panel.depth + 1, right});
            open.push_back({panel.from, middle, panel.depth + 1, left});
        }
    }
    return total;
}

} // namespace initlens::theory
