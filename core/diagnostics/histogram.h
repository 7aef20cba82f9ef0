#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"
#include "core/diagnostics/reading.h"

#include <span>

namespace initlens::diagnostics {

/// Histogram of an array in bins of equal width from its smallest to its largest finite element, on
/// the current workers; one bin where they are equal. After a stop request the counts are
/// incomplete.
template <class T>
Histogram histogramOf(std::span<const T> values, std::string_view id, Index layer,
                      const Execution& execution);

} // namespace initlens::diagnostics
