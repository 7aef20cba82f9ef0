#pragma once

#include "core/base/execution.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace initlens::app {

/// A bar on standard error with the time left, drawn while it lives and wiped at its end.
class ProgressBar {
public:
    explicit ProgressBar(const Execution& execution);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

private:
    void draw(std::stop_token stop);

    Execution m_execution;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread; ///< last: it uses the others
};

/// "12 s", "3 min 20 s", "2 h 5 min".
std::string durationText(double seconds);

/// The line that the bar shows.
std::string progressLine(double fraction, double elapsedSeconds);

} // namespace initlens::app
