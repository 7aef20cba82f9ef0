#pragma once

#include "core/experiment/run.h"
#include "ui/run/mailbox.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace initlens::ui {

/// Computes one run and returns when it is done or was asked to stop, as experiment::run does.
using RunFunction = std::function<Result<experiment::RecordPointer>(
    const experiment::RunSpec&, const experiment::Sink&, const Execution&,
    const experiment::RunOptions&)>;

/// Runs specs on a thread of its own, the newest only, and tells what comes out on the thread that
/// it lives in. The signals of a run come in order: started, the prediction and readings,
/// then finished or failed; nothing comes of a run that a newer one has replaced.
class RunController : public QObject {
    Q_OBJECT

public:
    /// Runs are in the background of the window, `options` or not.
    explicit RunController(RunFunction run, experiment::RunOptions options = {},
                           QObject* parent = nullptr);
    /// Asks the running job to stop and waits for it: at most 100 ms.
    ~RunController() override;

    /// Starts at once when nothing runs. Else the running job is asked to stop as soon as it has
    /// had a moment to show something, and the newest spec starts when it has returned.
    void start(const experiment::RunSpec& spec);
    /// Ends the run with what it has; it finishes as cancelled.
    void stop();
    /// Ends the run without another word of it.
    void abandon();

    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }
    /// What the signals speak of.
    [[nodiscard]] const experiment::RunSpec& spec() const { return m_spec; }
    [[nodiscard]] double progress() const { return m_execution.progress(); }
    [[nodiscard]] qint64 elapsedMilliseconds() const;

Q_SIGNALS:
    void runStarted(const initlens::experiment::RunSpec& spec,
                    const initlens::experiment::Plan& plan);
    void predictionChanged(const initlens::experiment::PredictionPointer& prediction);
    void readingChanged(const initlens::diagnostics::ReadingPointer& reading);
    void ticked();
    void runFinished(const initlens::experiment::RecordPointer& record);
    void runFailed(const initlens::Error& error);

private:
    void submit(experiment::RunSpec spec);
    void tick();
    void deliverReadings();
    void deliverResult();

    std::shared_ptr<Mailbox> m_mailbox;
    QTimer m_timer;
    QElapsedTimer m_age; ///< since the run began, or was asked for
    bool m_begun = false;
    Execution m_execution;
    experiment::RunSpec m_spec;
    std::uint64_t m_job = 0;
    std::optional<experiment::RunSpec> m_next;
    std::jthread m_worker;
};

} // namespace initlens::ui
