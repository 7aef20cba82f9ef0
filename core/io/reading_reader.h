#pragma once

#include "core/experiment/run.h"
#include "core/io/json_place.h"

namespace initlens::io {

/// Reads the readings of a result into `record`, in the order of the diagnostics' table. They are
/// checked against the spec, which the record holds already; problems are added to the place's
/// list.
void readReadings(const JsonPlace& readings, experiment::RunRecord& record);

} // namespace initlens::io
