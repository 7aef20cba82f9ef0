#pragma once

#include "core/theory/activation_function.h"

#include <cstdint>
#include <vector>

namespace initlens::theory {

/// Shares of units whose slope is small, from where along h it is so.
class SlopeFractions {
public:
    explicit SlopeFractions(const ActivationFunction& phi);
    /// True where the slope vanishes on whole stretches of h.
    [[nodiscard]] bool hasFlatParts() const { return !m_flat.empty(); }
    /// P(|phi'| < 5 % of the largest slope) at h ~ N(0, q); with several outputs, of all of them.
    [[nodiscard]] double saturated(double q) const;
    /// Share of units with zero slope on every sample of a batch whose pre-activations have
    /// variance q and correlation 1 - `decorrelation` among each other.
    [[nodiscard]] double dead(double q, double decorrelation, std::int64_t batch) const;

private:
    struct Stretch {
        double from = 0;
        double to = 0;
    };
    static std::vector<Stretch> stretches(const ActivationFunction& phi, double threshold);
    static double probability(const std::vector<Stretch>& stretches, double mean, double deviation);

    std::vector<Stretch> m_flat;
    std::vector<Stretch> m_saturated;
};

} // namespace initlens::theory
