#pragma once

#include "core/experiment/run_spec.h"
#include "core/theory/phase_diagram.h"

#include <memory>

namespace initlens::experiment {

/// Whose phases, and which part of them.
struct PhaseMapRequest {
    activations::ActivationChoice activation = {};
    /// The network passes signals on as the identity would (looks-linear weights).
    bool looksLinear = false;
    /// A point to be in the picture: the usual rectangle is widened as far as it takes.
    double sigmaW = 0;
    double sigmaB = 0;

    friend bool operator==(const PhaseMapRequest&, const PhaseMapRequest&) = default;
};

using PhaseMapPointer = std::shared_ptr<const theory::PhaseDiagram>;
using PhaseMapSink = std::function<void(const PhaseMapPointer&)>;

/// The map for a valid spec, with the spec's own point in it where it has one.
PhaseMapRequest phaseMapRequest(const RunSpec& spec);

/// Computes a map on the calling thread, coarse to fine, up to 128 x 128 cells: the first one in
/// some 50 ms, the last in some 200 ms. Returns within 100 ms of a stop request.
void computePhaseMap(const PhaseMapRequest& request, const PhaseMapSink& sink,
                     const Execution& execution);

} // namespace initlens::experiment
