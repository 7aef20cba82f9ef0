#pragma once

#include "core/base/execution.h"
#include "core/diagnostics/diagnostic.h"
#include "core/experiment/prediction_pointer.h"
#include "core/experiment/run_spec.h"
#include "core/experiment/spectrum_prediction.h"
#include "core/experiment/verdict.h"
#include "core/theory/layer_prediction.h"
#include "core/theory/mean_field.h"
#include "core/theory/weight_scale.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace initlens::experiment {

/// What theory expects a profile diagnostic to read, on the diagnostic's scale. `values[l - 1]`
/// belongs to layer l; not-a-number where theory has no value.
struct PredictedProfile {
    std::vector<double> values = {};
    /// One standard deviation around the typical value at one input, over networks of this width;
    /// empty where the width makes no known difference.
    std::vector<double> low = {};
    std::vector<double> high = {};
};

/// What theory says of a spec before anything is drawn.
struct Prediction {
    /// The clause that says why there is no prediction; empty when there is one.
    std::string whyNot = {};
    std::optional<theory::NetworkLaw> law = {};
    std::optional<theory::MeanField> meanField = {};
    theory::WeightScale weightScale = {}; ///< for layers of this activation, whatever the spec
    Verdict verdict = {};
    PredictedSpectra spectra = {};
    std::map<std::string, PredictedProfile, std::less<>> profiles = {}; ///< by diagnostic id
    /// By diagnostic id, at the positions of its curve.
    std::map<std::string, std::vector<double>, std::less<>> curves = {};
};

/// The clause that says why a valid spec has no prediction; empty when it has one. At once.
std::string whyNoPrediction(const RunSpec& spec);

/// Whether theory has something to say of the diagnostic, for some specs at least.
bool isPredictable(const diagnostics::Diagnostic& diagnostic);

/// The clause that says why theory does not predict what this diagnostic reads; empty when it does,
/// and for diagnostics that theory never predicts.
const std::string& whyNot(const Prediction& prediction, const diagnostics::Diagnostic& diagnostic);

/// The inputs of a valid spec as theory sees them: the first samples of trial 0, at most some four
/// million numbers of them.
theory::InputLaw inputLaw(const RunSpec& spec, const Execution& execution);

/// All of the prediction for a valid spec but the spectra, in some milliseconds to some hundredths
/// of a second, on the calling thread and the current workers. Null after a stop request.
PredictionPointer predictProfiles(const RunSpec& spec, const Execution& execution);

/// Receives a prediction as it grows: without spectra, with few of them over all depth, with all.
using PredictionSink = std::function<void(const PredictionPointer&)>;

/// The same with a spectrum at every layer that is measured, evenly thinned out to at most 128.
/// One takes up to some tenths of a second; that of `selectedLayer`, which may change meanwhile, is
/// computed next, and no result depends on it. After a stop request it returns within 100 ms with
/// what it has: null, or only some of the spectra.
PredictionPointer predict(const RunSpec& spec, const PredictionSink& sink,
                          const Execution& execution,
                          const std::atomic<std::int32_t>* selectedLayer = nullptr);

} // namespace initlens::experiment
