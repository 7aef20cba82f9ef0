#pragma once

#include "core/experiment/run.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace initlens::ui {

/// The settings that a person has gone through, with the results that are still at hand. One of
/// them is the present. Which layer is looked at is no setting.
class SpecHistory {
public:
    using Clock = std::chrono::steady_clock;

    struct Entry {
        experiment::RunSpec spec;
        experiment::RecordPointer record = nullptr; ///< null where it is to be computed
    };

    /// Makes a valid spec the present and forgets what was undone. The changes of one drag, which
    /// come within half a second of each other and touch the same field, are one step.
    void add(const experiment::RunSpec& spec, Clock::time_point now);
    /// Keeps what has come of the present. Of old results so much is forgotten that all together
    /// take some hundred megabytes at most.
    void remember(const experiment::RecordPointer& record);

    /// What undo leads to from the settings on screen: where these are not the present, because
    /// they cannot run, the present itself.
    [[nodiscard]] const experiment::RunSpec* previous(const experiment::RunSpec& shown) const;
    [[nodiscard]] const experiment::RunSpec* next() const;
    /// Goes one step; there must be one.
    const Entry& undo(const experiment::RunSpec& shown);
    const Entry& redo();

private:
    [[nodiscard]] bool isPresent(const experiment::RunSpec& spec) const;
    void limitMemory();

    std::vector<Entry> m_entries;
    std::size_t m_present = 0;
    Clock::time_point m_changed; ///< when the present was added
    bool m_grows = false;        ///< the present is a change that may go on
};

} // namespace initlens::ui
