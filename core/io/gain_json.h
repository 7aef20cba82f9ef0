#pragma once

#include "core/experiment/gain_report.h"

#include <string>

namespace initlens::io {

/// What `initlens gain` writes.
std::string gainToJson(const experiment::GainReport& report);

} // namespace initlens::io
