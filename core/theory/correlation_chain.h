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
    [[nodiscard]] double distanceAt(double q, double decorrelation);
    [[nodiscard]] double tabulated(double q, double decorrelation);
    CorrelationTable& table(long index);

    /// Maps that have been asked for at one place before a table is made of it.
    struct Asked {
        double q = 0;
        int times = 0;
    };

    const ActivationFunction& m_phi;
    bool m_looksLinear;
    bool m_odd; ///< phi(-h) = -phi(h)
    MomentTable& m_moments;
    Tail m_atZero;
    Tail m_atInfinity;
    /// The last map: layers that have settled need no other.
    struct Known {
        double q = 0;
        double decorrelation = 0;
        double distance = 0;
    };
    Known m_last;
    Asked m_same;                 ///< exactly the same q again and again
    std::map<long, int> m_nearby; ///< by step of ln q
    std::map<long, CorrelationTable> m_tables;
    std::optional<CorrelationTable> m_sameTable;
    double m_decorrelation;
};

} // namespace initlens::theory
