#include "app/command_line/flags.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/activations/activation.h"
#include "core/data/input.h"
#include "core/diagnostics/diagnostic.h"
#include "core/initializers/initializer.h"
#include "core/io/result_file.h"
#include "core/network/spec.h"
#include "core/teaching/preset.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace initlens::app {

namespace {

using Json = nlohmann::ordered_json;
using Heads = std::vector<const RowHead*>;
constexpr int indent = 2;

Json numberJson(double value, bool integer)
{
    return integer ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

/// A parameter with options is named by them: its initial value is a name and it has no range.
Json paramJson(const ParamSpec& param)
{
    Json json = {{"key", param.key}, {"label", param.label}, {"help", param.help}};
    if (param.isOption()) {
        json["initial"] = param.options[static_cast<std::size_t>(param.initial)];
        json["min"] = nullptr;
        json["max"] = nullptr;
    } else {
        json["initial"] = numberJson(param.initial, param.integer);
        json["min"] = numberJson(param.min, param.integer);
        json["max"] = numberJson(param.max, param.integer);
    }
    json["options"] = Json::array();
    for (const auto option : param.options) {
        json["options"].push_back(option);
    }
    json["integer"] = param.integer;
    return json;
}

std::string listJson(const Heads& heads)
{
    Json rows = Json::array();
    for (const RowHead* head : heads) {
        Json params = Json::array();
        for (const auto& param : head->params) {
            params.push_back(paramJson(param));
        }
        rows.push_back({{"id", head->id},
                        {"label", head->label},
                        {"group", head->group},
                        {"formula", head->formula},
                        {"source", head->source},
                        {"help", head->help},
                        {"params", std::move(params)}});
    }
    return rows.dump(indent) + '\n';
}

struct IdAndLabel {
    std::string_view id;
    std::string_view label;
};

std::string linesOf(const std::vector<IdAndLabel>& entries)
{
    std::size_t width = 0;
    for (const auto& entry : entries) {
        width = std::max(width, entry.id.size());
    }
    std::string text;
    for (const auto& [id, label] : entries) {
        text += fmt::format("{:<{}}  {}\n", id, width, label);
    }
    return text;
}

template <TableRow Row>
std::string tableText()
{
    std::vector<IdAndLabel> entries;
    for (const Row* row : Row::table()) {
        entries.push_back({row->head.id, row->head.label});
    }
    return linesOf(entries);
}

template <TableRow Row>
std::string tableJson()
{
    Heads heads;
    for (const Row* row : Row::table()) {
        heads.push_back(&row->head);
    }
    return listJson(heads);
}

std::string presetsText()
{
    const auto presets = teaching::presets();
    std::vector<IdAndLabel> entries;
    for (const auto& preset : presets) {
        entries.push_back({preset.id, preset.title});
    }
    return linesOf(entries);
}

std::string presetsJson()
{
    Json all = Json::array();
    for (const auto& preset : teaching::presets()) {
        Json runs = Json::array();
        for (const auto& run : preset.runs) {
            runs.push_back({{"name", run.name}, {"spec", Json::parse(io::specToJson(run.spec))}});
        }
        all.push_back({{"id", preset.id},
                       {"label", preset.title},
                       {"text", preset.text},
                       {"runs", std::move(runs)}});
    }
    return all.dump(indent) + '\n';
}

/// One kind of thing that can be listed.
struct Listing {
    std::string_view name;
    std::string (*text)() = nullptr;
    std::string (*json)() = nullptr;
};

template <TableRow Row>
constexpr Listing listingOf(std::string_view name)
{
    return {name, tableText<Row>, tableJson<Row>};
}

constexpr std::array listings = {
    listingOf<activations::Activation>("activations"),
    listingOf<initializers::Initializer>("initializers"),
    listingOf<network::Architecture>("architectures"),
    listingOf<data::Input>("inputs"),
    listingOf<diagnostics::Diagnostic>("diagnostics"),
    Listing{"presets", presetsText, presetsJson},
};

std::vector<std::string_view> listingNames()
{
    std::vector<std::string_view> names;
    for (const Listing& listing : listings) {
        names.push_back(listing.name);
    }
    return names;
}

} // namespace

int listVerb(std::span<const std::string> arguments)
{
    static const std::array<Flag, 1> flags = {Flag{"--json", "", "", "", false}};
    Error problems;
    const Invocation invocation = parseFlags(arguments, flags, problems);
    const auto names = listingNames();
    const Listing* listing = nullptr;
    if (invocation.words.empty()) {
        problems.add(fmt::format("list needs one of {}", fmt::join(names, ", ")));
    } else {
        const auto found = std::find(names.begin(), names.end(), invocation.words.front());
        if (found == names.end()) {
            problems.add(unknownIdMessage("list", invocation.words.front(), names));
        } else {
            listing = &listings[static_cast<std::size_t>(found - names.begin())];
        }
        if (invocation.words.size() > 1) {
            problems.add(fmt::format("list takes one name, not '{}' too", invocation.words[1]));
        }
    }
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    return print(invocation.has("--json") ? listing->json() : listing->text());
}

std::string listHelp()
{
    return fmt::format(
        "Usage: initlens list WHAT [--json]\n\n"
        "WHAT is one of {}.\n"
        "Prints an id and a label a line; with --json all there is to know of each:\n"
        "formula, source, help, and its parameters with their ranges; of a preset, what it\n"
        "shows, and its runs with their specs.\n",
        fmt::join(listingNames(), ", "));
}

} // namespace initlens::app
