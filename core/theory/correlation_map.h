#pragma once

#include "core/theory/activation_function.h"

#include <vector>

namespace initlens::theory {

/// Variances of weights and biases in the field's scaling.
struct LayerLaw {
    double sigmaW2 = 1; ///< fan-in x variance of a weight
    double sigmaB2 = 0; ///< variance of a bias

    friend bool operator==(const LayerLaw&, const LayerLaw&) = default;
};

/// How the correlation of two inputs changes in one layer whose pre-activations have variance q:
/// c' = (sigma_w^2 E[phi(u) phi(v)] + sigma_b^2) / (sigma_w^2 E[phi^2] + sigma_b^2)
/// (Poole et al. 2016, equation 5). Correlations are carried as 1 - c, which keeps its digits where
/// inputs nearly agree.
double nextDecorrelation(const ActivationFunction& phi, const LayerLaw& law, double q,
                         double decorrelation);

/// The same map at one q, tabulated for many layers: (1 - c') / (1 - c) is smooth in sqrt(1 - c),
/// kinks of the activation or not, and is interpolated by Chebyshev polynomials. For c from 0 to 1;
/// relative error some 1e-9.
class CorrelationTable {
public:
    CorrelationTable(const ActivationFunction& phi, double q);
    /// E[(phi(u) - phi(v))^2] / 2, as pairMean has it.
    [[nodiscard]] double distance(double decorrelation) const;

private:
    std::vector<double> m_nodes;
    std::vector<double> m_values;
};

} // namespace initlens::theory
