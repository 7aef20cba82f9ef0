#pragma once

#include "app/command_line/flags.h"

#include <span>
#include <string>

namespace initlens::app {

/// The flags of a verb under their headings, for its help.
std::string flagHelp(std::span<const Flag> flags);

} // namespace initlens::app
