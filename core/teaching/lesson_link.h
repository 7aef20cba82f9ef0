#pragma once

#include "core/teaching/preset.h"

#include <variant>

namespace initlens::teaching {

/// Shows the runs of a preset, with the changes that the link makes to all of them.
struct OpenPreset {
    Preset preset;
};

/// Sets fields of the current run. Layers are selected by `histogram_layer`.
struct SetFields {
    std::vector<experiment::FieldText> changes;
};

using LessonAction = std::variant<OpenPreset, SetFields>;

/// What a link in a lesson does:
///
///     run:PRESET                     run:framework_accuracy
///     run:PRESET?KEY=VALUE&...       run:framework_accuracy?depth=30
///     set:KEY=VALUE&...              set:depth=30&activation=leaky_relu:slope=0.2
///
/// Keys and values are those of the command line's flags. Presets, keys and values are checked.
Result<LessonAction> parseLessonLink(std::string_view link);

} // namespace initlens::teaching
