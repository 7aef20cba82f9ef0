#pragma once

#include "core/spectrum/walk.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

namespace initlens::spectrum {

/// How early a layer's turn comes in a picture that goes from coarse to fine: the exponent of the
/// largest power of two that divides its number (counted from 1).
int coarseness(Index number);

/// The products of measured layers whose singular values have not been found yet, within a budget
/// of memory. Any thread may add and take.
class Backlog {
public:
    /// A product at a layer, after `step` steps: plain, in double or single precision, or the
    /// factor of a graded one.
    struct Item {
        Index step = 0;
        Index layer = 0;
        int coarseness = 0;
        bool final = false; ///< measured as well as it can be, not refined again
        std::optional<RunningProduct<double>> plain = {};
        std::shared_ptr<const GradedFactor> graded = nullptr;
        std::optional<RunningProduct<float>> single = {};
    };

    explicit Backlog(double bytes) : m_limit(bytes) {}

    /// Adds an item and returns the steps of those for which no place is left: the finest first.
    std::vector<Index> add(Item item);
    /// Takes the item of the layer `wanted`, or else the coarsest, the earliest of them.
    std::optional<Item> take(Index wanted);
    /// Takes the coarsest item before a step, the earliest of them.
    std::optional<Item> takeBefore(Index step);
    /// Forgets the items after a step and returns their steps.
    std::vector<Index> dropAfter(Index step);
    [[nodiscard]] std::size_t size() const;

private:
    using Key = std::pair<int, Index>; ///< minus the coarseness, and the step

    Item removeAt(std::map<Key, Item>::iterator place);

    mutable std::mutex m_mutex;
    double m_limit;
    double m_bytes = 0;
    std::map<Key, Item> m_items;
    std::map<Index, Key> m_keyOfLayer;
};

} // namespace initlens::spectrum
