#include "ui/run/run_controller.h"

#include <utility>

namespace initlens::ui {

namespace {

constexpr int tickMilliseconds = 16;
constexpr qint64 tickBudgetMilliseconds = 8;
// While a slider is dragged each run lives at least this long, so that every one shows something.
constexpr qint64 graceMilliseconds = 60;

void work(const std::shared_ptr<Mailbox>& mailbox, const RunFunction& run,
          const experiment::RunOptions& options)
{
    while (auto job = mailbox->take()) {
        const auto number = job->number;
        auto result = run(
            job->spec,
            [&mailbox, number](const experiment::Event& event) { mailbox->post(number, event); },
            job->execution, options);
        mailbox->postResult(number, std::move(result));
    }
}

} // namespace

RunController::RunController(RunFunction run, experiment::RunOptions options, QObject* parent)
    : QObject(parent), m_mailbox(std::make_shared<Mailbox>())
{
    options.background = true;
    m_worker = std::jthread([mailbox = m_mailbox, run = std::move(run),
                             options = std::move(options)] { work(mailbox, run, options); });
    m_timer.setInterval(tickMilliseconds);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &RunController::tick);
}

RunController::~RunController()
{
    m_execution.requestStop();
    m_mailbox->close();
}

void RunController::start(const experiment::RunSpec& spec)
{
    if (isRunning()) {
        m_next = spec;
        tick();
    } else {
        submit(spec);
        m_timer.start();
    }
}

void RunController::submit(experiment::RunSpec spec)
{
    m_execution.requestStop();
    m_execution = Execution();
    m_spec = std::move(spec);
    m_age.start();
    m_begun = false;
    ++m_job;
    m_mailbox->submit({.number = m_job, .spec = m_spec, .execution = m_execution});
}

void RunController::stop()
{
    m_next.reset();
    m_execution.requestStop();
}

void RunController::abandon()
{
    stop();
    ++m_job;
    m_timer.stop();
}

qint64 RunController::elapsedMilliseconds() const
{
    return m_age.isValid() ? m_age.elapsed() : 0;
}

void RunController::tick()
{
    if (const auto plan = m_mailbox->takePlan(m_job)) {
        m_age.start();
        m_begun = true;
        Q_EMIT runStarted(m_spec, *plan);
    }
    if (m_next && m_begun && m_age.elapsed() >= graceMilliseconds) {
        submit(*std::exchange(m_next, std::nullopt));
        return;
    }
    if (const auto prediction = m_mailbox->takePrediction(m_job)) {
        Q_EMIT predictionChanged(prediction);
    }
    deliverReadings();
    Q_EMIT ticked();
    deliverResult();
}

// Newer states of a reading wait in line behind the other readings, so none starves.
void RunController::deliverReadings()
{
    QElapsedTimer spent;
    spent.start();
    while (const auto reading = m_mailbox->takeReading(m_job)) {
        Q_EMIT readingChanged(reading);
        if (spent.elapsed() >= tickBudgetMilliseconds) {
            break;
        }
    }
}

void RunController::deliverResult()
{
    auto result = m_mailbox->takeResult(m_job);
    if (!result) {
        return;
    }
    if (m_next) {
        submit(*std::exchange(m_next, std::nullopt));
        return;
    }
    m_timer.stop();
    if (*result) {
        Q_EMIT runFinished(**result);
    } else {
        Q_EMIT runFailed(result->error());
    }
}

} // namespace initlens::ui
