#pragma once

#include "core/base/execution.h"
#include "core/base/result.h"
#include "core/diagnostics/reading.h"
#include "core/experiment/agreement.h"
#include "core/experiment/plan.h"
#include "core/experiment/prediction_pointer.h"
#include "core/experiment/run_spec.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace initlens::experiment {

enum class Outcome { Finished, Cancelled };

/// Wall-clock seconds of the stages of one run.
struct Timing {
    double drawSeconds = 0;
    double forwardSeconds = 0;
    double backwardSeconds = 0;
    double spectrumSeconds = 0;
    double totalSeconds = 0;
    int threads = 0;
};

/// A run as it is kept: what was asked, what was read, how it went. A cancelled run is a valid
/// record with the layers it got to.
struct RunRecord {
    std::string version; ///< of InitLens
    RunSpec spec;
    Outcome outcome = Outcome::Finished;
    std::vector<std::string> events; ///< "overflow at layer 43": results, not errors
    Timing timing;
    /// Null in a run that was stopped before it came; without all spectra where it was stopped
    /// while they came.
    PredictionPointer prediction;
    std::vector<diagnostics::ReadingPointer> readings; ///< in the order of the diagnostics' table
    std::vector<Agreement> agreements; ///< how far the readings are from the prediction
};
using RecordPointer = std::shared_ptr<const RunRecord>;

const diagnostics::Reading* findReading(const RunRecord& record, std::string_view id);

/// Sent once, before anything is computed.
struct Started {
    Plan plan;
};
/// What theory expects, sent soon after the start and beside the measurement; first without
/// spectra, then with more and more, then with all.
struct Predicted {
    PredictionPointer prediction;
};
/// A reading has grown; sent at most every few milliseconds a reading, the last state always.
struct Updated {
    diagnostics::ReadingPointer reading;
};
/// Sent once, at the end.
struct Finished {
    RecordPointer record;
};
using Event = std::variant<Started, Predicted, Updated, Finished>;

/// Receives the events of a run, one at a time, on threads of the run. Must be quick.
using Sink = std::function<void(const Event&)>;

struct RunOptions {
    int threads = 0;         ///< 0: one per processor
    bool background = false; ///< give way to the window's thread
    bool predicts = true;    ///< false: what theory says is not asked for
    double memoryLimit = 0;  ///< bytes; 0: what the machine has available
    /// The layer that somebody is looking at, whose spectrum is computed next; null or 0: none. It
    /// changes the order of the work, never a result.
    std::shared_ptr<const std::atomic<std::int32_t>> selectedLayer = nullptr;
};

/// Runs an experiment from beginning to end and returns its record; the same record is sent with
/// Finished. Synchronous: the caller supplies the thread. Everything but `timing` is bit-identical
/// for equal specs on one machine, whatever the number of threads.
///
/// Fails, before anything is allocated, when the spec is invalid or does not fit in memory. A stop
/// request makes it return within 100 ms with what it has and the outcome Cancelled. Overflow,
/// underflow and NaN in the network are events of the record, not failures.
Result<RecordPointer> run(const RunSpec& spec, const Sink& sink, const Execution& execution,
                          const RunOptions& options = {});

} // namespace initlens::experiment
