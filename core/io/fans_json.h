#pragma once

#include "core/initializers/fans.h"

#include <string>

namespace initlens::io {

/// What `initlens fans --json` writes.
std::string fansToJson(const initializers::FanReport& report);

} // namespace initlens::io
