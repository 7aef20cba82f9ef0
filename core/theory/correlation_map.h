#pragma once

#include "core/theory/activation_function.h"

#include <map>
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

/// The same map at one q, tabulated for many layers: (1 - c') / (1 - c) is smooth in r = sqrt(1 -
/// c) on the scale 1 / sqrt(q), on which the activation bends between the two inputs, kinks or not.
/// It is interpolated by Chebyshev polynomials on panels that double twice from there on, made when
/// they are first asked for. For c from 0 to 1; relative error some 1e-9.
class CorrelationTable {
public:
    CorrelationTable(const ActivationFunction& phi, double q);
    /// E[(phi(u) - phi(v))^2] / 2, as pairMean has it.
    [[nodiscard]] double distance(double decorrelation);

private:
    struct Panel {
        std::vector<double> nodes;
        std::vector<double> values;
    };
    const Panel& panel(int index);

    ActivationFunction m_phi;
    double m_q;
    double m_scale; ///< the end of the first panel
    std::map<int, Panel> m_panels;
};

} // namespace initlens::theory
