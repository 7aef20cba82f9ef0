#include "app/command_line/interrupt.h"

#include <atomic>
#include <csignal>

namespace initlens::app {

namespace {

/// A signal handler has no other way to reach anything.
std::atomic<const Execution*> interrupted = nullptr;
static_assert(std::atomic<const Execution*>::is_always_lock_free);

extern "C" void requestStop(int /*signal*/)
{
    if (const Execution* execution = interrupted.load()) {
        execution->requestStop();
    }
}

} // namespace

StopOnInterrupt::StopOnInterrupt(const Execution& execution) : m_execution(execution)
{
    interrupted.store(&m_execution);
    struct sigaction action = {};
    action.sa_handler = requestStop;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
}

StopOnInterrupt::~StopOnInterrupt()
{
    std::signal(SIGINT, SIG_DFL);
    interrupted.store(nullptr);
}

} // namespace initlens::app
