#include "app/command_line/progress_bar.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace initlens::app {

std::string durationText(double seconds)
{
    constexpr long minute = 60;
    constexpr long hour = 60 * minute;
    const long whole = std::lround(std::min(seconds, 1e9));
    if (whole < minute) {
        return fmt::format("{} s", whole);
    }
    if (whole < hour) {
        return fmt::format("{} min {} s", whole / minute, whole % minute);
    }
    return fmt::format("{} h {} min", whole / hour, whole % hour / minute);
}

std::string progressLine(double fraction, double elapsedSeconds)
{
    constexpr int cells = 30;
    constexpr double firstEstimate = 0.02; // before that the time left is a guess
    const double share = std::clamp(fraction, 0.0, 1.0);
    const int full = static_cast<int>(share * cells);
    std::string line = fmt::format("[{}{}] {:3.0f} %", std::string(full, '='),
                                   std::string(cells - full, ' '), 100 * share);
    if (share >= firstEstimate) {
        line += fmt::format("  {} left", durationText(elapsedSeconds * (1 - share) / share));
    }
    return line;
}

ProgressBar::ProgressBar(const Execution& execution)
    : m_execution(execution), m_thread([this](std::stop_token stop) { draw(std::move(stop)); })
{}

ProgressBar::~ProgressBar()
{
    m_thread.request_stop();
    m_thread.join();
}

void ProgressBar::draw(std::stop_token stop)
{
    using Clock = std::chrono::steady_clock;
    constexpr auto period = std::chrono::milliseconds(100);
    constexpr const char* wipe = "\r\033[K";
    const auto start = Clock::now();
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stop, period, [&] { return stop.stop_requested(); })) {
        const std::chrono::duration<double> elapsed = Clock::now() - start;
        std::fputs((wipe + progressLine(m_execution.progress(), elapsed.count())).c_str(), stderr);
    }
    std::fputs(wipe, stderr);
}

} // namespace initlens::app
