#include "core/teaching/preset.h"

#include "core/base/registry.h"
#include "core/io/json_place.h"
#include "core/io/spec_reader.h"
#include "core/teaching/embedded_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace initlens::teaching {

namespace {

using diagnostics::Diagnostic;

std::string fullText(const io::JsonPlace& place, std::string_view key)
{
    const auto member = place.member(key);
    if (!member) {
        return {};
    }
    auto text = member->text();
    if (text && text->empty()) {
        member->complain("must not be empty");
    }
    return std::move(text).value_or(std::string());
}

PresetRun readRun(const io::JsonPlace& place)
{
    static constexpr std::array<std::string_view, 2> keys = {"name", "spec"};
    PresetRun run;
    if (!place.object(keys)) {
        return run;
    }
    run.name = fullText(place, "name");
    if (run.name.find(':') != std::string::npos) {
        place.complain("the name must not have a colon, which stands before it in PRESET:RUN");
    }
    if (const auto spec = place.member("spec")) {
        run.spec = io::readSpecFields(*spec);
        for (const auto& problem : experiment::validate(run.spec).problems) {
            spec->complain(problem);
        }
    }
    return run;
}

void readRuns(const io::JsonPlace& place, std::vector<PresetRun>& runs)
{
    if (!place.list({})) {
        return;
    }
    for (std::size_t i = 0; i < place.value().size(); ++i) {
        PresetRun run = readRun(place.at(i));
        const bool taken = std::any_of(runs.begin(), runs.end(), [&](const PresetRun& other) {
            return other.name == run.name;
        });
        if (taken) {
            place.at(i).complain(fmt::format("the name '{}' is given twice", run.name));
        }
        runs.push_back(std::move(run));
    }
    if (runs.empty()) {
        place.complain("at least one run is needed");
    }
}

void readDiagnostics(const io::JsonPlace& place, std::vector<const Diagnostic*>& diagnostics)
{
    constexpr std::size_t most = 4;
    if (!place.list({})) {
        return;
    }
    for (std::size_t i = 0; i < place.value().size(); ++i) {
        if (const auto id = place.at(i).text()) {
            const auto* row = findRow(Diagnostic::table(), *id);
            if (row == nullptr) {
                place.at(i).complain(
                    unknownIdMessage(Diagnostic::kind, *id, ids(Diagnostic::table())));
            }
            diagnostics.push_back(row);
        }
    }
    if (diagnostics.size() > most) {
        place.complain(fmt::format("at most {} are shown", most));
    }
}

} // namespace

Result<Preset> presetFromJson(std::string_view json)
{
    static constexpr std::array<std::string_view, 5> keys = {"id", "title", "text", "diagnostics",
                                                             "runs"};
    const auto document = io::parseDocument(json);
    if (!document) {
        return document.error();
    }
    Error problems;
    const io::JsonPlace root(*document, {}, problems);
    Preset preset;
    if (root.object(keys)) {
        preset.id = fullText(root, "id");
        preset.title = fullText(root, "title");
        preset.text = fullText(root, "text");
        if (root.has("diagnostics")) {
            readDiagnostics(*root.member("diagnostics"), preset.diagnostics);
        }
        if (const auto runs = root.member("runs")) {
            readRuns(*runs, preset.runs);
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    return preset;
}

std::vector<Preset> presets()
{
    std::vector<Preset> all;
    for (const EmbeddedFile& file : presetFiles()) {
        auto preset = presetFromJson(file.contents);
        assert(preset && "the tests read every file that is embedded");
        if (preset) {
            all.push_back(*std::move(preset));
        }
    }
    return all;
}

Result<Preset> findPreset(std::string_view id)
{
    auto all = presets();
    std::vector<std::string_view> known;
    for (auto& preset : all) {
        if (preset.id == id) {
            return std::move(preset);
        }
        known.push_back(preset.id);
    }
    return Error(unknownIdMessage("preset", id, known));
}

Result<PresetRun> findRun(const Preset& preset, std::string_view name)
{
    std::vector<std::string_view> names;
    for (const PresetRun& run : preset.runs) {
        if (run.name == name) {
            return run;
        }
        names.push_back(run.name);
    }
    return Error(fmt::format("preset {} has no run '{}'; its runs are {}", preset.id, name,
                             fmt::join(names, ", ")));
}

Status setFields(Preset& preset, std::span<const experiment::FieldText> changes)
{
    for (PresetRun& run : preset.runs) {
        if (auto status = experiment::setFields(run.spec, changes); !status) {
            return status;
        }
        if (Error problems = experiment::validate(run.spec); !problems.empty()) {
            return problems;
        }
    }
    return Done{};
}

} // namespace initlens::teaching
