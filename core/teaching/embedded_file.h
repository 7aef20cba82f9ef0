#pragma once

#include <span>
#include <string_view>

namespace initlens::teaching {

/// A file that travels inside the program.
struct EmbeddedFile {
    std::string_view name; ///< without its folder and extension
    std::string_view contents;
};

// Made from resources/presets and resources/lessons when the program is built, in the order of the
// files' names.
std::span<const EmbeddedFile> presetFiles();
std::span<const EmbeddedFile> lessonFiles();

} // namespace initlens::teaching
