#pragma once

#include "core/base/result.h"
#include "core/diagnostics/diagnostic.h"
#include "core/experiment/field_text.h"
#include "core/experiment/run_spec.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::teaching {

/// One of the runs that a preset shows together.
struct PresetRun {
    std::string name; ///< unique within its preset, without a colon
    experiment::RunSpec spec;
};

/// Runs that show something worth seeing.
struct Preset {
    std::string id; ///< snake_case
    std::string title;
    std::string text;            ///< two sentences: what to see
    std::vector<PresetRun> runs; ///< at least one; the first is the one that is edited
    /// What shows it best, at most four; none: what is on screen.
    std::vector<const diagnostics::Diagnostic*> diagnostics = {};
};

/// Reads `{"id": ..., "title": ..., "text": ..., "runs": [{"name": ..., "spec": {...}}, ...]}`,
/// with
/// `"diagnostics": [ids]` where others than the usual ones show it. A spec is what `--spec` reads
/// and must be valid as a whole; all problems are named.
Result<Preset> presetFromJson(std::string_view json);

/// The presets that come with the program, in the order in which people see them.
std::vector<Preset> presets();

/// The preset with this id; else the sentence that names the nearest one or all.
Result<Preset> findPreset(std::string_view id);
/// The run with this name; else the sentence that names all.
Result<PresetRun> findRun(const Preset& preset, std::string_view name);

/// Sets these fields in every run of the preset. All must be valid specs afterwards.
Status setFields(Preset& preset, std::span<const experiment::FieldText> changes);

} // namespace initlens::teaching
