#pragma once

#include "core/network/architecture.h"

#include <algorithm>

namespace initlens::spectrum {

/// Which layers make one factor of a Jacobian. A factor leads from one state to the next: from
/// x^{l-1} to x^l where nothing reaches past two layers, else from h to h over a residual block:
/// factor 1 is layer 1, factor f the layers 2f - 2 and 2f - 1, and a last layer without its block
/// stands alone.
class FactorLayers {
public:
    FactorLayers(const network::Structure& structure, Index depth)
        : m_blocks(structure.skip.kind == network::Skip::Kind::AroundTwoLayers), m_depth(depth)
    {}

    [[nodiscard]] Index count() const { return factorOf(m_depth); }
    /// The factor that layer `layer` belongs to; 0 for the input.
    [[nodiscard]] Index factorOf(Index layer) const
    {
        return m_blocks && layer > 0 ? layer / 2 + 1 : layer;
    }
    [[nodiscard]] Index firstLayer(Index factor) const
    {
        return m_blocks && factor > 1 ? 2 * factor - 2 : factor;
    }
    [[nodiscard]] Index lastLayer(Index factor) const
    {
        return m_blocks && factor > 1 ? std::min(2 * factor - 1, m_depth) : factor;
    }
    /// In factors what `layers` is in layers.
    [[nodiscard]] Index inFactors(Index layers) const
    {
        return m_blocks ? (layers + 1) / 2 : layers;
    }

private:
    bool m_blocks;
    Index m_depth;
};

} // namespace initlens::spectrum
