#pragma once

#include "core/experiment/gain_report.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace initlens::ui {

/// Computes one report and returns when it is done or was asked to stop.
using GainFunction =
    std::function<Result<experiment::GainReport>(const experiment::GainRequest&, const Execution&)>;
using GainReportPointer = std::shared_ptr<const experiment::GainReport>;

/// Answers requests of the gain workbench on a thread of its own, the newest only. A request that
/// runs when a newer one comes may still finish within a tenth of a second, so that something is
/// seen while a slider is dragged.
class GainController : public QObject {
    Q_OBJECT

public:
    explicit GainController(GainFunction compute, QObject* parent = nullptr);
    /// Asks the running request to stop and waits for it.
    ~GainController() override;

    void request(const experiment::GainRequest& request);
    [[nodiscard]] bool isRunning() const { return m_running; }

Q_SIGNALS:
    void reported(const initlens::ui::GainReportPointer& report);
    void refused(const initlens::Error& error);

private:
    struct Job {
        experiment::GainRequest request;
        Execution execution;
    };

    void start(const experiment::GainRequest& request);
    void work(const std::stop_token& stop);
    void deliver(const Result<GainReportPointer>& result);

    GainFunction m_compute;
    QTimer m_patience;
    bool m_running = false;
    Execution m_execution;
    std::optional<experiment::GainRequest> m_next;

    std::mutex m_mutex; ///< of m_job
    std::condition_variable_any m_wake;
    std::optional<Job> m_job;
    std::jthread m_worker; ///< last: it uses the others
};

} // namespace initlens::ui
