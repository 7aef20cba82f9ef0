#include "ui/run/gain_controller.h"

#include <utility>

namespace initlens::ui {

namespace {

constexpr int patienceMilliseconds = 100;

}

GainController::GainController(GainFunction compute, QObject* parent)
    : QObject(parent), m_compute(std::move(compute)),
      m_worker([this](const std::stop_token& stop) { work(stop); })
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMilliseconds);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_execution.requestStop(); });
}

GainController::~GainController()
{
    m_execution.requestStop();
}

void GainController::request(const experiment::GainRequest& request)
{
    if (!m_running) {
        start(request);
        return;
    }
    m_next = request;
    if (!m_patience.isActive()) {
        m_patience.start();
    }
}

void GainController::start(const experiment::GainRequest& request)
{
    m_running = true;
    m_execution = Execution();
    {
        const std::lock_guard lock(m_mutex);
        m_job = Job{.request = request, .execution = m_execution};
    }
    m_wake.notify_one();
}

void GainController::work(const std::stop_token& stop)
{
    while (true) {
        std::unique_lock lock(m_mutex);
        if (!m_wake.wait(lock, stop, [this] { return m_job.has_value(); })) {
            return;
        }
        const Job job = *std::exchange(m_job, std::nullopt);
        lock.unlock();
        auto report = m_compute(job.request, job.execution);
        Result<GainReportPointer> result = Error();
        if (report) {
            result = std::make_shared<const experiment::GainReport>(*std::move(report));
        } else {
            result = report.error();
        }
        QMetaObject::invokeMethod(
            this, [this, result = std::move(result)] { deliver(result); }, Qt::QueuedConnection);
    }
}

void GainController::deliver(const Result<GainReportPointer>& result)
{
    m_running = false;
    m_patience.stop();
    const bool stopped = m_execution.stopRequested();
    if (m_next) {
        start(*std::exchange(m_next, std::nullopt));
    }
    if (stopped) {
        return;
    }
    if (result) {
        Q_EMIT reported(*result);
    } else {
        Q_EMIT refused(result.error());
    }
}

} // namespace initlens::ui
