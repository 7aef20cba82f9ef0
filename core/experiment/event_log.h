#pragma once

#include "core/base/matrix.h"
#include "core/experiment/run_spec.h"
#include "core/propagation/statistics.h"

#include <cstdint>
#include <string>
#include <vector>

namespace initlens::experiment {

/// Notices what happens to a network on its way and says it in sentences: overflow, activations
/// that die out, gradients that vanish for good. Equal sentences of several trials become one.
class EventLog {
public:
    explicit EventLog(const RunSpec& spec);

    /// Layers come in the order 1, 2, ...; a new trial begins again at 1.
    void addForward(const propagation::LayerStatistics& statistics);
    /// Layers come in the order L, L-1, ...
    void addBackward(const propagation::LayerStatistics& statistics);
    /// The lowest layer whose Jacobian is not finite.
    void addInfiniteJacobian(Index layer);

    /// The sentences so far, in the order in which they first happened.
    [[nodiscard]] std::vector<std::string> sentences() const;

private:
    struct Entry {
        std::string text;
        std::int64_t count = 0;
    };
    void add(std::string text);

    std::int64_t m_trials;
    Index m_depth;
    double m_smallestLog10; ///< log10 of the smallest normal number of the passes, squared
    bool m_overflowed = false;
    bool m_underflowed = false;
    bool m_gradientEnded = false;
    Index m_zeroFrom = 0; ///< activations are zero from here to the present layer
    std::vector<Entry> m_entries;
};

} // namespace initlens::experiment
