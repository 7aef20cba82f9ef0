#include "app/command_line/spec_options.h"

#include "app/command_line/network_flags.h"
#include "app/command_line/terminal.h"
#include "core/experiment/field_text.h"
#include "core/io/result_file.h"
#include "core/teaching/preset.h"

#include <fmt/format.h>

namespace initlens::app {

namespace {

/// The spec of `PRESET` (its first run) or `PRESET:RUN`.
Result<experiment::RunSpec> presetSpec(std::string_view text)
{
    const auto colon = text.find(':');
    const auto preset = teaching::findPreset(text.substr(0, colon));
    if (!preset) {
        return Error(fmt::format("{} (`initlens list presets` shows all of them)",
                                 preset.error().message()));
    }
    if (colon == std::string_view::npos) {
        return preset->runs.front().spec;
    }
    const auto run = teaching::findRun(*preset, text.substr(colon + 1));
    if (!run) {
        return run.error();
    }
    return run->spec;
}

/// Ids of presets, and names of their runs behind a colon.
Suggestions suggestPresets(std::string_view typed)
{
    Suggestions suggestions;
    const auto colon = typed.find(':');
    for (const auto& preset : teaching::presets()) {
        if (colon == std::string_view::npos) {
            suggestions.words.push_back({preset.id, preset.title});
        } else if (preset.id == typed.substr(0, colon)) {
            for (const auto& run : preset.runs) {
                suggestions.words.push_back({fmt::format("{}:{}", preset.id, run.name), ""});
            }
        }
    }
    return suggestions;
}

} // namespace

std::vector<Flag> specFlags()
{
    std::vector<Flag> flags = networkFlags();
    flags.push_back({.name = "--spec",
                     .value = "FILE.json",
                     .help = "Takes the spec from a file, or from a result; flags beside it "
                             "override it.",
                     .section = "Run"});
    flags.push_back({.name = "--preset",
                     .value = "ID[:RUN]",
                     .help = "Takes the spec of a preset's first run, or of the run that is named; "
                             "flags beside it override it. `initlens list presets --json` shows "
                             "presets and their runs.",
                     .section = "Run",
                     .repeatable = false,
                     .suggest = suggestPresets});
    flags.push_back({.name = "--network",
                     .value = "TEXT",
                     .help = "A network in one line, such as '784-512x50 gelu he_normal batch=64': "
                             "sizes, activation, initializer and KEY=VALUE in any order, over "
                             "--spec or --preset; flags beside it override it.",
                     .section = "Run"});
    return flags;
}

void parseSpec(const Invocation& invocation, experiment::RunSpec& spec, Error& problems)
{
    const std::string* preset = invocation.find("--preset");
    if (preset != nullptr && invocation.has("--spec")) {
        problems.add("--preset and --spec exclude each other: both give the whole spec");
    } else if (preset != nullptr) {
        auto found = presetSpec(*preset);
        if (found) {
            spec = *std::move(found);
        } else {
            problems.append(found.error());
        }
    } else if (const std::string* file = invocation.find("--spec")) {
        auto found = io::readSpec(*file);
        if (found) {
            spec = *std::move(found);
        } else {
            problems.append(found.error());
        }
    }
    if (const std::string* line = invocation.find("--network")) {
        auto reading = io::specFromLine(*line, spec);
        if (!reading) {
            problems.append(reading.error());
        } else {
            spec = std::move(reading->spec);
            if (!reading->leftOut.empty()) {
                printNotice(reading->leftOut);
            }
        }
    }
    applyNetworkFlags(invocation, spec, problems);
    if (preset != nullptr && !invocation.has("--histogram-layer")) {
        experiment::keepHistogramLayerInside(spec);
    }
}

} // namespace initlens::app
