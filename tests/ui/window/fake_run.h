#pragma once

#include "core/experiment/run.h"
#include "ui/run/run_controller.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace initlens::ui::test {

/// A synthetic reading of every diagnostic that the spec asks for.
std::vector<diagnostics::ReadingPointer> syntheticReadings(const experiment::RunSpec& spec);
diagnostics::ReadingPointer syntheticProfile(const std::string& id, int layers, double slope = -1);
/// A prediction with a straight line for every profile that theory knows.
experiment::PredictionPointer syntheticPrediction(const experiment::RunSpec& spec);
/// The same as the window asks for it.
experiment::PredictionPointer predictionOf(const experiment::RunSpec& spec,
                                           const Execution& execution);
experiment::RecordPointer
syntheticRecord(const experiment::RunSpec& spec,
                experiment::Outcome outcome = experiment::Outcome::Finished);

/// Stands in for experiment::run: sends a synthetic prediction and curves at once, and can be held
/// before its end.
class FakeRun {
public:
    [[nodiscard]] RunFunction function() const;

    /// From now on runs wait, after their readings, until released or stopped.
    void hold();
    void release();
    void failWith(Error error);
    void addEvent(std::string event);

    [[nodiscard]] std::vector<experiment::RunSpec> specs() const;
    /// Runs that were asked for their prediction.
    [[nodiscard]] int predicted() const;
    [[nodiscard]] int stopped() const;

private:
    struct State {
        mutable std::mutex mutex;
        std::condition_variable changed;
        bool held = false;
        Error error;
        std::vector<std::string> events;
        std::vector<experiment::RunSpec> specs;
        int predicted = 0;
        int stopped = 0;
    };
    static Result<experiment::RecordPointer> run(State& state, const experiment::RunSpec& spec,
                                                 const experiment::Sink& sink,
                                                 const Execution& execution,
                                                 const experiment::RunOptions& options);

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// Lets the event loop run until the condition holds; false after a long time.
bool eventually(const std::function<bool()>& condition);

} // namespace initlens::ui::test
