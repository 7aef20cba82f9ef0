#include "ui/run/phase_worker.h"

#include <utility>

namespace initlens::ui {

PhaseWorker::PhaseWorker(PhaseMapFunction compute, QObject* parent)
    : QObject(parent), m_compute(std::move(compute)),
      m_thread([this](const std::stop_token& stop) { work(stop); })
{}

PhaseWorker::~PhaseWorker()
{
    m_execution.requestStop();
}

void PhaseWorker::request(const experiment::PhaseMapRequest& request)
{
    if (m_asked == request) {
        return;
    }
    m_asked = request;
    m_execution.requestStop();
    m_execution = Execution();
    ++m_number;
    {
        const std::lock_guard lock(m_mutex);
        m_next = Job{.number = m_number, .request = request, .execution = m_execution};
    }
    m_changed.notify_one();
}

void PhaseWorker::work(const std::stop_token& stop)
{
    while (true) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return m_next.has_value(); })) {
                return;
            }
            job = *std::exchange(m_next, std::nullopt);
        }
        m_compute(
            job.request,
            [this, number = job.number](const experiment::PhaseMapPointer& map) {
                deliver(number, map);
            },
            job.execution);
    }
}

void PhaseWorker::deliver(std::uint64_t job, const experiment::PhaseMapPointer& map)
{
    QMetaObject::invokeMethod(
        this,
        [this, job, map] {
            if (job == m_number) {
                Q_EMIT mapChanged(map);
            }
        },
        Qt::QueuedConnection);
}

} // namespace initlens::ui
