#include "core/experiment/run.h"

#include "core/base/parallel.h"
#include "core/experiment/collector.h"
#include "core/experiment/prediction.h"
#include "core/experiment/trial.h"

#include <fmt/format.h>

#include <chrono>
#include <future>
#include <new>
#include <system_error>

namespace initlens::experiment {

namespace {

/// After it the window shows something of most runs, or of their preview.
constexpr std::chrono::milliseconds firstPicture{150};

Result<RecordPointer> noMemory()
{
    return Error(
        "the machine had less memory than it said; choose a smaller depth, width or batch");
}

} // namespace

const diagnostics::Reading* findReading(const RunRecord& record, std::string_view id)
{
    for (const auto& reading : record.readings) {
        if (diagnostics::readingId(*reading) == id) {
            return reading.get();
        }
    }
    return nullptr;
}

Result<RecordPointer> run(const RunSpec& spec, const Sink& sink, const Execution& execution,
                          const RunOptions& options)
{
    const auto begin = std::chrono::steady_clock::now();
    if (const Error problems = validate(spec); !problems.empty()) {
        return problems;
    }
    const Workers workers(options.threads, options.background);
    const auto plan = makePlan(spec, workers.threads(), options.memoryLimit);
    if (!plan) {
        return plan.error();
    }
    sink(Started{*plan});

    auto record = std::make_shared<RunRecord>();
    record->version = INITLENS_VERSION;
    record->spec = spec;
    record->timing.threads = workers.threads();
    Collector collector(record->spec, sink);
    const RunSpec drawn = drawnSpec(spec);
    StageProgress progress(*plan, spec.trials, execution);
    try {
        workers.run([&] {
            const auto foresee = [&] {
                record->prediction = predict(
                    record->spec,
                    [&](const PredictionPointer& grown) { collector.addPrediction(grown); },
                    execution, options.selectedLayer.get());
            };
            // In a window theory has a thread of its own, as tasks of the measurement that came
            // first would keep it waiting for seconds. It leaves the processors to the first
            // points and the preview, and what it takes later is little.
            TaskGroup queued;
            std::promise<void> measured;
            std::future<void> beside;
            if (options.predicts && options.background) {
                beside = std::async(std::launch::async, [&, end = measured.get_future()] {
                    giveWayToWorkers();
                    end.wait_for(firstPicture);
                    foresee();
                });
            } else if (options.predicts) {
                queued.run(foresee);
            }
            for (std::uint32_t trial = 0;
                 trial < static_cast<std::uint32_t>(spec.trials) && !execution.stopRequested();
                 ++trial) {
                const auto one =
                    spec.precision->bytes == sizeof(double) ? &runTrial<double> : &runTrial<float>;
                one(drawn, trial, collector, progress, options, record->timing, execution);
            }
            measured.set_value();
            queued.wait();
            if (beside.valid()) {
                beside.get();
            }
        });
        collector.flush();
        record->readings = collector.readings();
        record->events = collector.events();
        record->agreements = agreementsOf(*record);
    } catch (const std::bad_alloc&) {
        return noMemory();
    } catch (const std::system_error& error) {
        return Error(fmt::format("the system refused a thread: {}", error.code().message()));
    }
    record->outcome = execution.stopRequested() ? Outcome::Cancelled : Outcome::Finished;
    record->timing.totalSeconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (record->outcome == Outcome::Finished) {
        execution.setProgress(1);
    }
    sink(Finished{record});
    return RecordPointer(record);
}

} // namespace initlens::experiment
