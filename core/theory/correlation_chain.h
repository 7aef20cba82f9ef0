#pragma once

#include "core/theory/activation_moments.h"
#include "core/theory/correlation_map.h"

#include <map>
#include <optional>

namespace initlens::theory {

/// The correlation of the pre-activations of two inputs of equal length, layer by layer. Pairs of
/// layers whose q is alike share tables, so that ten thousand layers cost little more than a few
/// tens. Until `start` is given a correlation it stays not-a-number.
class CorrelationChain {
public:
    /// `moments` outlives the chain.
    CorrelationChain(const ActivationFunction& phi, bool looksLinear, MomentTable& moments);
    /// Layer 1, from the inputs' mean square and cosine.
    void start(const LayerLaw& law, double meanSquare, double cosine);
    /// One layer on, from a layer whose pre-activations have variance q.
    void advance(const LayerLaw& law, double q);
    /// 1 - c
    [[nodiscard]] double decorrelation() const { return m_decorrelation; }

private:
    [[nodiscard]] double distance(double q);
    [[nodiscard]] double tabulated(double q);
    const CorrelationTable& table(long index);

    const ActivationFunction& m_phi;
    bool m_looksLinear;
    MomentTable& m_moments;
    int m_direct = 0; ///< maps that were integrated, not interpolated
    std::map<long, CorrelationTable> m_tables;
    double m_decorrelation;
};

} // namespace initlens::theory
