#pragma once

#include <atomic>
#include <functional>
#include <memory>

namespace initlens {

/// Stop request and progress of one piece of work, in one handle that is cheap to copy.
///
/// Guarantees: any thread may ask to stop or read the progress at any time; a stop request is never
/// taken back; work checks the request at least every 50 ms and then returns early with what it
/// has. `Execution{}` that nobody else holds never stops.
///
///     Execution execution;
///     std::jthread worker([=] { run(spec, sink, execution); });
///     execution.requestStop(); // run returns within 100 ms with a valid partial record
class Execution {
public:
    Execution() : m_state(std::make_shared<State>()) {}

    void requestStop() const { m_state->stop.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool stopRequested() const
    {
        return m_state->stop.load(std::memory_order_relaxed);
    }

    /// Share of the work that is done, 0 to 1. Only the working thread sets it.
    void setProgress(double fraction) const
    {
        m_state->progress.store(fraction, std::memory_order_relaxed);
    }
    [[nodiscard]] double progress() const
    {
        return m_state->progress.load(std::memory_order_relaxed);
    }

private:
    struct State {
        std::atomic<bool> stop{false};
        std::atomic<double> progress{0};
    };
    std::shared_ptr<State> m_state;
};

} // namespace initlens
