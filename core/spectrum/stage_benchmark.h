#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

#include <string_view>
#include <vector>

namespace initlens::spectrum {

/// One stage of finding singular values, for a layer of a square Jacobian.
struct StageTime {
    std::string_view name;
    double seconds = 0;    ///< of one layer, on all workers
    double operations = 0; ///< multiplications and additions that the mathematics needs
};

/// Times every stage once, on matrices of this order, as a run calls it: products and steps of the
/// recursion on all workers together, decompositions side by side, one a worker. Runs on the
/// current workers; after a stop request the figures are undefined.
std::vector<StageTime> measureStages(Index order, const Execution& execution);

} // namespace initlens::spectrum
