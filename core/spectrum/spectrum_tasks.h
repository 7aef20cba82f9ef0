#pragma once

#include "core/base/parallel.h"
#include "core/spectrum/graded_product.h"
#include "core/spectrum/method.h"
#include "core/spectrum/running_product.h"

#include <set>

namespace initlens::spectrum {

/// The error of a log10 singular value that is good enough to be shown without refinement.
inline constexpr double goodBound = 1e-9;
/// The same for Jacobians of a higher rank, where a layer of the recursion costs a hundred times as
/// much.
inline constexpr double goodBoundOfWide = 1e-7;
inline constexpr Index largestExactRank = 256;

/// Tasks that are under way together: few enough to be stored. It depends on the sizes alone, so
/// that no result depends on the number of threads.
Index largestWave(Index rows);

/// The singular values of measured layers, computed beside the product in waves of 1, 2, 4, ...
/// tasks. Layers whose bound is good are sent at once; the others wait until the end of the wave,
/// when the caller knows whether they can be refined.
class SpectrumTasks {
public:
    SpectrumTasks(Index largestSize, const SpectrumSink& sink, const Execution& execution);

    /// `smallerSide` is min(rows, columns) of the whole Jacobian.
    void submit(Index layer, const RunningProduct& product, Index smallerSide);
    void submit(Index layer, const GradedProduct& product, Index smallerSide);
    [[nodiscard]] bool waveIsFull() const { return m_inWave == m_wave; }

    /// Waits for the present wave; true when every layer of it was good enough.
    bool finishWave();
    /// Relative error that the singular values of the last product of a good wave may have.
    [[nodiscard]] double lastRelativeError() const { return m_lastRelativeError; }
    /// Sends the layers of the last wave that were not good enough.
    void sendHeld();
    /// Forgets them: they will be submitted again.
    void dropHeld();

private:
    struct Slot {
        Index layer = 0;
        bool good = true;
        double condition = 1;
        double relativeError = 0;
        LayerSpectrumPointer spectrum; ///< held until the end of the wave
    };

    Slot& nextSlot(Index layer);
    /// Whether a layer has not been sent yet and has singular values; sends null where it has none.
    [[nodiscard]] bool isWanted(Index layer, bool isFinite) const;

    const SpectrumSink& m_sink;
    const Execution& m_execution;
    Index m_largestWave;
    std::vector<Slot> m_slots;
    std::set<Index> m_sent; ///< touched between waves only
    double m_expectedCondition = 1;
    double m_lastRelativeError = 0;
    Index m_wave = 1;
    Index m_inWave = 0;
    Index m_finished = 0; ///< slots of the wave before
    TaskGroup m_tasks;    ///< the last member: its destructor waits for tasks that use the others
};

} // namespace initlens::spectrum
