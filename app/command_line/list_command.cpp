#include "app/command_line/flags.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/activations/activation.h"
#include "core/data/input.h"
#include "core/diagnostics/diagnostic.h"
#include "core/initializers/initializer.h"
#include "core/network/spec.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace initlens::app {

namespace {

using Json = nlohmann::ordered_json;
using Heads = std::vector<const RowHead*>;

template <TableRow Row>
Heads headsOf()
{
    Heads heads;
    for (const Row* row : Row::table()) {
        heads.push_back(&row->head);
    }
    return heads;
}

/// One kind of thing that can be listed.
struct Listing {
    std::string_view name;
    Heads (*heads)() = nullptr;
};

constexpr std::array listings = {
    Listing{"activations", headsOf<activations::Activation>},
    Listing{"initializers", headsOf<initializers::Initializer>},
    Listing{"architectures", headsOf<network::Architecture>},
    Listing{"inputs", headsOf<data::Input>},
    Listing{"diagnostics", headsOf<diagnostics::Diagnostic>},
};

std::vector<std::string_view> listingNames()
{
    std::vector<std::string_view> names;
    for (const Listing& listing : listings) {
        names.push_back(listing.name);
    }
    return names;
}

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
    constexpr int indent = 2;
    return rows.dump(indent) + '\n';
}

std::string listText(const Heads& heads)
{
    std::size_t width = 0;
    for (const RowHead* head : heads) {
        width = std::max(width, head->id.size());
    }
    std::string text;
    for (const RowHead* head : heads) {
        text += fmt::format("{:<{}}  {}\n", head->id, width, head->label);
    }
    return text;
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
    const Heads heads = listing->heads();
    return print(invocation.has("--json") ? listJson(heads) : listText(heads));
}

std::string listHelp()
{
    return fmt::format(
        "Usage: initlens list WHAT [--json]\n\n"
        "WHAT is one of {}.\n"
        "Prints an id and a label a line; with --json all there is to know of each:\n"
        "formula, source, help, and its parameters with their ranges.\n",
        fmt::join(listingNames(), ", "));
}

} // namespace initlens::app
