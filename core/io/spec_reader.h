#pragma once

#include "core/experiment/run_spec.h"
#include "core/io/json_place.h"

namespace initlens::io {

/// Reads the fields of a spec from an object. Absent fields keep their default; problems are added
/// to the place's list.
experiment::RunSpec readSpecFields(const JsonPlace& place);

/// Checks the keys of a result and its schema version; false, with the reason added, when it is
/// not one that this program reads.
bool checkSchema(const JsonPlace& document);

/// The keys of a result.
std::span<const std::string_view> resultKeys();

} // namespace initlens::io
