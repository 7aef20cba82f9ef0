#pragma once

#include "core/theory/free_product.h"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace initlens::theory {

/// The Jacobian J of a product of factors D W in a wide network, one for each of the `layers`;
/// their order makes no difference.
struct JacobianLaw {
    ActivationFunction phi;
    /// Fan-in times the variance of a weight; for orthogonal weights the squared gain. A unit with
    /// two outputs has both in its fan-in.
    double sigmaW2 = 1;
    Ensemble ensemble = Ensemble::Gaussian;
    std::vector<LayersAtVariance> layers = {LayersAtVariance()};
};

/// A share `mass` of all singular values that sits at one place.
struct SpectrumAtom {
    double logS = 0; ///< natural logarithm
    double mass = 0;
};

struct SpectrumPoint {
    double logS = 0;
    double density = 0;   ///< of ln s, atoms left out
    double massAbove = 0; ///< share of larger singular values, atoms included
};

/// Levels at which the non-zero singular values are summed up.
inline constexpr std::array<double, 7> spectrumLevels = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

/// What free probability says of the singular values s of J, lambda = s^2. Logarithms are natural;
/// none of this overflows at any depth.
struct JacobianSpectrum {
    std::array<double, 4> logMoments{}; ///< ln E[lambda^k], k = 1 .. 4
    double zeroMass = 0;                ///< share of exact zeros
    std::vector<SpectrumAtom> atoms;    ///< away from zero, ascending
    double bulkMass = 0;                ///< what is neither zero nor an atom
    /// Ends of the bulk, not a number without a bulk; -infinity where it reaches down to zero. A
    /// tail that has thinned out to 1e-14 counts as ended.
    double logBulkMin = std::numeric_limits<double>::quiet_NaN();
    double logBulkMax = std::numeric_limits<double>::quiet_NaN();
    /// The largest singular value, atoms included; -infinity if all are zero.
    double logSMax = -std::numeric_limits<double>::infinity();
    /// ln s at `spectrumLevels` of the non-zero values; not a number if all are zero.
    std::array<double, spectrumLevels.size()> logQuantiles{};
    std::vector<SpectrumPoint>
        curve;          ///< ascending, finer where density bends; empty without a bulk
    std::string reason; ///< the clause that says why nothing could be computed; else empty
};

class SpectrumCurve;

/// Computes the spectrum of a law, and its density wherever it is asked for.
class JacobianPrediction {
public:
    explicit JacobianPrediction(const JacobianLaw& law);
    ~JacobianPrediction();
    JacobianPrediction(JacobianPrediction&&) noexcept;
    JacobianPrediction& operator=(JacobianPrediction&&) noexcept;

    [[nodiscard]] const JacobianSpectrum& spectrum() const { return m_spectrum; }
    /// Density and distribution at ln s, without interpolation.
    [[nodiscard]] SpectrumPoint at(double logS);
    /// Density of s: rho(s) = 2 s rho_lambda(s^2).
    [[nodiscard]] double density(double s);

private:
    void describe();

    JacobianSpectrum m_spectrum;
    double m_logGain = 0; ///< ln sigma_w^(2 L)
    std::unique_ptr<SlopeLaws> m_slopes;
    std::unique_ptr<SpectrumCurve> m_curve;
};

JacobianSpectrum jacobianSpectrum(const JacobianLaw& law);

} // namespace initlens::theory
