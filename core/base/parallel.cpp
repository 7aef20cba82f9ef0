#include "core/base/parallel.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#include <tbb/task_scheduler_observer.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#ifdef __linux__
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace initlens {

namespace {

/// How far threads stand back; that of the window has 0.
constexpr int workersNiceness = 10;
constexpr int patientNiceness = 15;

void setNiceness([[maybe_unused]] int niceness)
{
#ifdef __linux__
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), niceness);
#endif
}

/// Makes threads that enter the arena yield to the window's thread.
class GiveWay : public tbb::task_scheduler_observer {
public:
    explicit GiveWay(tbb::task_arena& arena) : tbb::task_scheduler_observer(arena)
    {
        observe(true);
    }
    ~GiveWay() override { observe(false); }
    void on_scheduler_entry(bool /*isWorker*/) override { setNiceness(workersNiceness); }
};

} // namespace

struct Workers::State {
    State(int threads, bool background)
        : limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)),
          arena(threads)
    {
        if (background) {
            giveWay = std::make_unique<GiveWay>(arena);
        }
    }
    tbb::global_control limit;
    tbb::task_arena arena;
    std::unique_ptr<GiveWay> giveWay;
};

int processorCount()
{
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        return CPU_COUNT(&set);
    }
#endif
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

Workers::Workers(int threads, bool background)
    : m_state(std::make_unique<State>(threads > 0 ? threads : processorCount(), background))
{}

Workers::~Workers() = default;

int Workers::threads() const
{
    return m_state->arena.max_concurrency();
}

void Workers::run(const std::function<void()>& work) const
{
    m_state->arena.execute(work);
}

void giveWayToWorkers()
{
    setNiceness(patientNiceness);
}

int currentThreads()
{
    return tbb::this_task_arena::max_concurrency();
}

void parallelFor(std::size_t count, const Execution& execution,
                 const std::function<void(std::size_t)>& body)
{
    if (count == 1) {
        if (!execution.stopRequested()) {
            body(0);
        }
        return;
    }
    // Threads take the indices in order, so that small tasks at the end even out the threads.
    std::atomic<std::size_t> next{0};
    const auto takeAll = [&] {
        for (auto i = next++; i < count && !execution.stopRequested(); i = next++) {
            body(i);
        }
    };
    const auto takers = std::min(count, static_cast<std::size_t>(currentThreads()));
    // Isolation: a thread that waits here must not pick up an unrelated long task meanwhile.
    tbb::this_task_arena::isolate([&] {
        tbb::parallel_for(
            std::size_t{0}, takers, [&](std::size_t /*taker*/) { takeAll(); },
            tbb::simple_partitioner{});
    });
}

struct TaskGroup::State {
    tbb::task_group group;
};

TaskGroup::TaskGroup() : m_state(std::make_unique<State>()) {}

TaskGroup::~TaskGroup()
{
    try {
        wait();
    } catch (...) {
        // Whoever wanted to know has called wait(); here another exception may be under way.
    }
}

void TaskGroup::run(std::function<void()> task)
{
    m_state->group.run(std::move(task));
}

void TaskGroup::wait()
{
    m_state->group.wait();
}

bool runAbandonable(std::function<void()> call, const Execution& execution)
{
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        bool done = false;
        std::exception_ptr failure;
    };
    const auto shared = std::make_shared<Shared>();
    std::thread([shared, call = std::move(call)] {
        try {
            call();
        } catch (...) {
            shared->failure = std::current_exception();
        }
        const std::lock_guard lock(shared->mutex);
        shared->done = true;
        shared->changed.notify_all();
    }).detach();

    std::unique_lock lock(shared->mutex);
    while (!shared->done) {
        if (execution.stopRequested()) {
            return false;
        }
        shared->changed.wait_for(lock, std::chrono::milliseconds(20));
    }
    if (shared->failure) {
        std::rethrow_exception(shared->failure);
    }
    return true;
}

} // namespace initlens
