#pragma once

#include "core/theory/phase_diagram.h"

namespace initlens::theory {

/// The lines chi_1 = 1 within a rectangle, as PhaseDiagram::criticalLines has them: sigma_w and
/// sigma_b from q* (Schoenholz et al. 2017, section 3), close enough together to look smooth. What
/// is found so far after a stop request.
std::vector<std::vector<CriticalPoint>>
criticalLines(PhaseSolver& solver, const PhaseRectangle& rectangle, const Execution& execution);

} // namespace initlens::theory
