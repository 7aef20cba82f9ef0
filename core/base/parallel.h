#pragma once

#include "core/base/execution.h"

#include <cstddef>
#include <functional>
#include <memory>

namespace initlens {

/// The worker threads of one run. Everything parallel happens inside `run()` of a Workers; its
/// loops and groups use its threads and no others (but see runAbandonable).
///
/// `threads` counts the calling thread; 0 means one per processor. With `background` the workers
/// give way to other threads of the machine, so that a window stays responsive beside them.
class Workers {
public:
    explicit Workers(int threads = 0, bool background = false);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    [[nodiscard]] int threads() const;
    void run(const std::function<void()>& work) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Lets the workers of a background run go before the calling thread, and every thread that it
/// starts, for the rest of their lives. They still get about a quarter of a busy processor, and all
/// of an idle one. Does nothing where threads have no priorities of their own (beyond Linux).
void giveWayToWorkers();

/// One thread per processor that this process may use.
int processorCount();

/// Number of the current workers: those of the Workers whose run() this is.
int currentThreads();

/// Calls `body(i)` for i = 0 .. count-1, each exactly once, on the current workers. The calls begin
/// in the order of the index, so long ones should come first. Which index does what must not depend
/// on the number of threads: split work by fixed tiles and fold partial results in the order of the
/// index. Once a stop is requested the remaining indices are left out.
void parallelFor(std::size_t count, const Execution& execution,
                 const std::function<void(std::size_t)>& body);

/// Tasks that run beside the caller, on the current workers. `wait()` returns when all are done and
/// throws what one of them has thrown; the destructor waits too, and throws nothing.
class TaskGroup {
public:
    TaskGroup();
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    void run(std::function<void()> task);
    void wait();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Runs a call that cannot be interrupted (a long LAPACK routine) on a thread of its own and
/// returns true when it is done, or false as soon as a stop is requested; the call then ends by
/// itself, unseen. `call` must own all it touches; what it throws is thrown here.
bool runAbandonable(std::function<void()> call, const Execution& execution);

} // namespace initlens
