#pragma once

#include "core/diagnostics/diagnostic.h"
#include "core/experiment/run_spec.h"

#include <string>

namespace initlens::experiment {

/// Why a run of a valid spec has no reading of a diagnostic that needs this, as a clause that goes
/// on after the diagnostic's name: "needs an input of pairs, not gaussian". Empty when it has one.
std::string unmetNeed(const RunSpec& spec, diagnostics::Needs needs);

/// Where the samples stand on their path; for inputs along a path only.
std::vector<double> pathPositions(const RunSpec& spec);

} // namespace initlens::experiment
