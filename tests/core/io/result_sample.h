#pragma once

#include "core/experiment/run.h"

namespace initlens::io {

/// A record with every kind of reading and every awkward number. Made up, not measured.
experiment::RunRecord sampleRecord();

/// Equality bit by bit, except that a NaN equals a NaN.
bool sameNumbers(const std::vector<double>& a, const std::vector<double>& b);

} // namespace initlens::io
