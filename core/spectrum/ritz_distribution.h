#pragma once

#include "core/spectrum/bidiagonalisation.h"
#include "core/spectrum/spectrum_sketch.h"

#include <functional>
#include <optional>

namespace initlens::spectrum {

/// The distribution of singular values that a bidiagonalisation sees: the values of B, each with
/// the share of every start vector in it (stochastic Lanczos quadrature; Golub and Welsch 1969,
/// Ubaru, Chen and Saad 2017). Shares are of the whole space of the start vectors, exact zeros
/// included; what is not above the noise is the ground.
class RitzDistribution {
public:
    /// Nothing where the iteration does not converge or a stop is requested. `columns` and `rows`
    /// are the size of the leading part of B that is used.
    static std::optional<RitzDistribution> of(const Bidiagonalisation& part, Index rows,
                                              Index columns, const Execution& execution);

    /// Values above the noise, ascending, and how far from a singular value they are at most.
    [[nodiscard]] const std::vector<double>& values() const { return m_values; }
    [[nodiscard]] const std::vector<double>& residuals() const { return m_residuals; }
    [[nodiscard]] Index size() const { return static_cast<Index>(m_values.size()); }
    [[nodiscard]] double noise() const { return m_noise; }
    /// Share of what is not above the noise.
    [[nodiscard]] double ground() const { return m_ground.mean(); }
    /// Whether all singular values were found, or all that the start vectors reach.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    [[nodiscard]] bool isExhausted() const { return m_exhausted; }

    /// Bounds of the distribution function at the value with this index (-1: just above the noise).
    /// Between them lies what agrees with the moments that the Lanczos steps know (the inequalities
    /// of Chebyshev, Markov and Stieltjes, for a block: as many values as start vectors are open to
    /// either side), wider by the standard error over the start vectors.
    [[nodiscard]] double lowerBound(Index index) const;
    [[nodiscard]] double upperBound(Index index) const;

    /// The distribution function, continuous: each value is spread over its neighbours as far as
    /// the steps leave open.
    [[nodiscard]] double at(double log2Value) const
    {
        return m_ground.mean() + spread(log2Value).mean();
    }
    /// Its inverse, log2; `share` above the ground.
    [[nodiscard]] double quantile(double share) const;
    /// Mean of f(value) over the space, by the quadrature: exact for a start vector where f is the
    /// square. What is not above the noise counts nothing.
    [[nodiscard]] Estimate mean(const std::function<double(double)>& f) const;
    /// Error of at(b) - at(a) over the start vectors.
    [[nodiscard]] double samplingError(double a, double b) const;

private:
    [[nodiscard]] Vector<double> spread(double log2Value) const;
    [[nodiscard]] double standardError(const Vector<double>& shares) const;

    std::vector<double> m_values;
    std::vector<double> m_logs; ///< log2
    std::vector<double> m_residuals;
    Matrix<double> m_cumulative; ///< start vectors by values and one: shares of all below each
    Vector<double> m_ground;
    Index m_window = 0; ///< values that are open to either side
    double m_noise = 0;
    bool m_complete = false;
    bool m_exhausted = false;
};

} // namespace initlens::spectrum
