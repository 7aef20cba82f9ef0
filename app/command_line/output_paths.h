#pragma once

#include <filesystem>
#include <string>

namespace initlens::app {

/// Why a file cannot be written at this place, empty when it seems it can. Looked at before a run,
/// so that none is lost to a slip of the pen.
std::string fileRefusal(const std::filesystem::path& path);

/// The same for a directory that is made when it is not there.
std::string directoryRefusal(const std::filesystem::path& path);

} // namespace initlens::app
