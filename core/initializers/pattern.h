#pragma once

#include "core/random/stream.h"

#include <string_view>
#include <vector>

namespace initlens::initializers {

/// Why mean-field theory has no prediction for sparse weights.
inline constexpr std::string_view sparseStructure =
    "most weights are zero: with few inputs a unit the pre-activations are not normal, which "
    "mean-field theory takes them to be";

/// Draws sets of distinct indices out of 0 .. bound - 1, for sparse patterns. One object serves one
/// thread; it keeps `bound` marks.
class DistinctIndices {
public:
    /// The pattern belongs to the same layer and trial as the weights of `weights`.
    DistinctIndices(const random::Stream& weights, std::int64_t bound)
        : m_stream(weights), m_bound(bound), m_marks(static_cast<std::size_t>(bound), 0)
    {
        m_stream.purpose = random::Purpose::Pattern;
    }

    /// Set number `set` of `count` indices, every set of that size equally likely (Floyd's
    /// algorithm in Bentley 1987). Sets of one stream must all have the same `count`.
    template <class Visitor>
    void forEach(std::int64_t set, std::int64_t count, Visitor&& visit)
    {
        m_chosen.clear();
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t last = m_bound - count + i;
            const auto drawn = static_cast<std::int64_t>(random::uniformIndex(
                m_stream, set * count + i, static_cast<std::uint64_t>(last) + 1));
            const std::int64_t index = m_marks[static_cast<std::size_t>(drawn)] != 0 ? last : drawn;
            m_marks[static_cast<std::size_t>(index)] = 1;
            m_chosen.push_back(index);
            visit(i, index);
        }
        for (const std::int64_t index : m_chosen) {
            m_marks[static_cast<std::size_t>(index)] = 0;
        }
    }

private:
    random::Stream m_stream;
    std::int64_t m_bound;
    std::vector<char> m_marks;
    std::vector<std::int64_t> m_chosen;
};

} // namespace initlens::initializers
