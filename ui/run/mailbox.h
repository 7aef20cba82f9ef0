#pragma once

#include "core/experiment/run.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace initlens::ui {

/// One request to run something. Numbers grow; a job with a greater one makes it stale.
struct Job {
    std::uint64_t number = 0;
    experiment::RunSpec spec;
    Execution execution;
};

using JobResult = Result<experiment::RecordPointer>;

/// The one place where the window's thread and a worker meet. Jobs go one way, the newest only;
/// the prediction and readings come back the other way, the newest of each id only.
///
/// Only `take` blocks, and only the worker calls it.
class Mailbox {
public:
    void submit(Job job);
    /// Wakes the worker for good.
    void close();
    /// Waits for a job; nothing once the mailbox is closed.
    std::optional<Job> take();

    void post(std::uint64_t job, const experiment::Event& event);
    void postResult(std::uint64_t job, JobResult result);

    /// What `job` has sent and nobody has taken yet. Everything of older jobs is dropped.
    std::optional<experiment::Plan> takePlan(std::uint64_t job);
    experiment::PredictionPointer takePrediction(std::uint64_t job);
    diagnostics::ReadingPointer takeReading(std::uint64_t job);
    /// The result, once all else has been taken.
    std::optional<JobResult> takeResult(std::uint64_t job);

private:
    void dropOlder(std::uint64_t job);

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_closed = false;
    std::optional<Job> m_job;
    std::uint64_t m_sender = 0;
    std::optional<experiment::Plan> m_plan;
    experiment::PredictionPointer m_prediction;
    std::deque<diagnostics::ReadingPointer> m_readings;
    std::optional<JobResult> m_result;
};

} // namespace initlens::ui
