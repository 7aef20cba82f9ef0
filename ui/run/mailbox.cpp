#include "ui/run/mailbox.h"

#include <algorithm>

namespace initlens::ui {

void Mailbox::submit(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_job = std::move(job);
    }
    m_changed.notify_one();
}

void Mailbox::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_changed.notify_one();
}

std::optional<Job> Mailbox::take()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_closed || m_job.has_value(); });
    if (m_closed) {
        return std::nullopt;
    }
    return std::exchange(m_job, std::nullopt);
}

void Mailbox::dropOlder(std::uint64_t job)
{
    if (m_sender != job) {
        m_sender = job;
        m_plan.reset();
        m_prediction.reset();
        m_readings.clear();
        m_result.reset();
    }
}

void Mailbox::post(std::uint64_t job, const experiment::Event& event)
{
    const std::lock_guard lock(m_mutex);
    dropOlder(job);
    if (const auto* started = std::get_if<experiment::Started>(&event)) {
        m_plan = started->plan;
    } else if (const auto* predicted = std::get_if<experiment::Predicted>(&event)) {
        m_prediction = predicted->prediction;
    } else if (const auto* updated = std::get_if<experiment::Updated>(&event)) {
        const auto& id = diagnostics::readingId(*updated->reading);
        const auto waiting =
            std::find_if(m_readings.begin(), m_readings.end(), [&](const auto& reading) {
                return diagnostics::readingId(*reading) == id;
            });
        if (waiting != m_readings.end()) {
            *waiting = updated->reading;
        } else {
            m_readings.push_back(updated->reading);
        }
    }
}

void Mailbox::postResult(std::uint64_t job, JobResult result)
{
    const std::lock_guard lock(m_mutex);
    dropOlder(job);
    m_result = std::move(result);
}

std::optional<experiment::Plan> Mailbox::takePlan(std::uint64_t job)
{
    const std::lock_guard lock(m_mutex);
    return m_sender == job ? std::exchange(m_plan, std::nullopt) : std::nullopt;
}

experiment::PredictionPointer Mailbox::takePrediction(std::uint64_t job)
{
    const std::lock_guard lock(m_mutex);
    return m_sender == job ? std::exchange(m_prediction, nullptr) : nullptr;
}

diagnostics::ReadingPointer Mailbox::takeReading(std::uint64_t job)
{
    const std::lock_guard lock(m_mutex);
    if (m_sender != job || m_readings.empty()) {
        return nullptr;
    }
    auto reading = std::move(m_readings.front());
    m_readings.pop_front();
    return reading;
}

std::optional<JobResult> Mailbox::takeResult(std::uint64_t job)
{
    const std::lock_guard lock(m_mutex);
    if (m_sender != job || m_prediction != nullptr || !m_readings.empty()) {
        return std::nullopt;
    }
    return std::exchange(m_result, std::nullopt);
}

} // namespace initlens::ui
