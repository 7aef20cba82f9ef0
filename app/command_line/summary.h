#pragma once

#include "core/experiment/run.h"

#include <string>

namespace initlens::app {

/// A run in a few lines for a terminal: the spec, every diagnostic at its first, middle and last
/// layer, the events and the time.
std::string summary(const experiment::RunRecord& record);

} // namespace initlens::app
