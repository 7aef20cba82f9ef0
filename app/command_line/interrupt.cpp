#include "app/command_line/interrupt.h"

#include <array>
#include <atomic>
#include <csignal>

namespace initlens::app {

namespace {

/// A signal handler has no other way to reach anything.
std::atomic<const Execution*> interrupted = nullptr;
static_assert(std::atomic<const Execution*>::is_always_lock_free);

/// Ctrl-C, and what a system or a closed terminal sends.
constexpr std::array stopSignals = {SIGINT, SIGTERM, SIGHUP};

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
    for (const int signal : stopSignals) {
        sigaction(signal, &action, nullptr);
    }
}

StopOnInterrupt::~StopOnInterrupt()
{
    for (const int signal : stopSignals) {
        std::signal(signal, SIG_DFL);
    }
    interrupted.store(nullptr);
}

} // namespace initlens::app
