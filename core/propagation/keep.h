#pragma once

#include "core/base/matrix.h"

#include <algorithm>

namespace initlens::propagation {

/// What stays in memory of a forward pass: all that a backward pass needs; the last two layers; or
/// the activations of every K-th layer, from which the layers of a stretch are computed again when
/// the backward pass reaches them (Chen, Xu, Zhang and Guestrin 2016).
struct Keep {
    enum class Kind { ForBackward, LastTwo, Checkpoints };
    Kind kind = Kind::ForBackward;
    Index every = 0;    ///< K
    Index together = 0; ///< layers that the backward pass goes back by at a time, at most

    static const Keep ForBackward;
    static const Keep LastTwo;
    static constexpr Keep checkpoints(Index every, Index together)
    {
        return {Kind::Checkpoints, every, together};
    }

    [[nodiscard]] constexpr bool forBackward() const { return kind != Kind::LastTwo; }
    [[nodiscard]] constexpr bool recomputes() const { return kind == Kind::Checkpoints; }
    /// Layers that are there at a time.
    [[nodiscard]] constexpr Index layers(Index depth) const
    {
        switch (kind) {
        case Kind::LastTwo:
            return std::min<Index>(2, depth);
        case Kind::Checkpoints:
            return std::min(every + together + 1, depth);
        case Kind::ForBackward:
            break;
        }
        return depth;
    }
    /// Checkpoints of a network: at layers K, 2K, ... below the last one.
    [[nodiscard]] constexpr Index checkpointCount(Index depth) const
    {
        return recomputes() ? (depth - 1) / every : 0;
    }
};

inline constexpr Keep Keep::ForBackward{Keep::Kind::ForBackward, 0, 0};
inline constexpr Keep Keep::LastTwo{Keep::Kind::LastTwo, 0, 0};

} // namespace initlens::propagation
