#pragma once

#include "core/experiment/phase_map.h"

#include <QObject>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace initlens::ui {

using PhaseMapFunction = std::function<void(const experiment::PhaseMapRequest&,
                                            const experiment::PhaseMapSink&, const Execution&)>;

/// Computes phase maps on a thread of its own, the newest request only, and hands them over on the
/// thread that it lives in, coarse to fine. Nothing comes of a request that a newer one replaced.
class PhaseWorker : public QObject {
    Q_OBJECT

public:
    explicit PhaseWorker(PhaseMapFunction compute, QObject* parent = nullptr);
    /// Asks the running computation to stop and waits for it: at most 100 ms.
    ~PhaseWorker() override;

    /// Does nothing when this is what was asked for last.
    void request(const experiment::PhaseMapRequest& request);

Q_SIGNALS:
    void mapChanged(const initlens::experiment::PhaseMapPointer& map);

private:
    struct Job {
        std::uint64_t number = 0;
        experiment::PhaseMapRequest request;
        Execution execution;
    };

    void work(const std::stop_token& stop);
    void deliver(std::uint64_t job, const experiment::PhaseMapPointer& map);

    PhaseMapFunction m_compute;
    std::uint64_t m_number = 0;
    std::optional<experiment::PhaseMapRequest> m_asked;
    Execution m_execution;
    std::mutex m_mutex; ///< of m_next
    std::condition_variable_any m_changed;
    std::optional<Job> m_next;
    std::jthread m_thread;
};

} // namespace initlens::ui
