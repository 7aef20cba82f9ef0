#pragma once

#include "core/base/result.h"
#include "core/experiment/run.h"
#include "core/io/json_document.h"
#include "core/io/json_text.h"

#include <string>

namespace initlens::io {

/// Writes a result as an object: the whole of a result file, or a part of a session.
void writeRecord(JsonText& json, const experiment::RunRecord& record);

/// Reads such an object, which stands at `path` of its document.
Result<experiment::RunRecord> readRecord(const Json& document, const std::string& path);

} // namespace initlens::io
