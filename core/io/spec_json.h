#pragma once

#include "core/experiment/run_spec.h"
#include "core/io/json_text.h"

namespace initlens::io {

/// Writes the fields of a spec as an object, each under its key.
void writeSpec(JsonText& json, const experiment::RunSpec& spec);

} // namespace initlens::io
