#pragma once

#include "app/command_line/flags.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace initlens::app {

/// Why a file cannot be written at this place, empty when it seems it can. Looked at before a run,
/// so that none is lost to a slip of the pen.
std::string fileRefusal(const std::filesystem::path& path);

/// The same for a directory that is made when it is not there.
std::string directoryRefusal(const std::filesystem::path& path);

/// The file that --output names, where a command has no other; null without it. Adds why it cannot
/// be written to `problems`.
const std::string* outputFile(const Invocation& invocation, Error& problems);

/// Writes the text to that file, or to standard output without one, and returns the exit code.
int deliver(std::string_view text, const std::string* output);

} // namespace initlens::app
