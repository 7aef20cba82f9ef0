#pragma once

#include <span>
#include <string>

namespace initlens::app {

/// Whether these arguments (without the program's name) open the window: there are none, or they
/// are result files to be shown.
bool wantsWindow(std::span<const std::string> arguments);

/// Does what the arguments say, without a display, and returns the exit code: 0 done, 1 failed, 2
/// bad usage or bad spec, 130 stopped by Ctrl-C with the partial results written.
int runCommandLine(std::span<const std::string> arguments);

} // namespace initlens::app
