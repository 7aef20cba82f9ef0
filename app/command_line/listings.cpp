#include "app/command_line/listings.h"

#include "core/activations/activation.h"
#include "core/base/registry.h"
#include "core/data/input.h"
#include "core/diagnostics/diagnostic.h"
#include "core/initializers/initializer.h"
#include "core/io/result_file.h"
#include "core/network/spec.h"
#include "core/teaching/preset.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

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

std::vector<std::string> parametersOf(const RowHead& head)
{
    std::vector<std::string> parameters;
    for (const ParamSpec& param : head.params) {
        const auto initial =
            param.isOption() ? std::string(param.options[static_cast<std::size_t>(param.initial)])
                             : numberText(param.initial);
        parameters.push_back(fmt::format("{}={}", param.key, initial));
    }
    return parameters;
}

template <TableRow Row>
std::vector<ListedRow> tableRows()
{
    std::vector<ListedRow> rows;
    for (const Row* row : Row::table()) {
        rows.push_back({std::string(row->head.id), std::string(row->head.label),
                        std::string(row->head.formula), parametersOf(row->head)});
    }
    return rows;
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

std::vector<ListedRow> presetRows()
{
    std::vector<ListedRow> rows;
    for (const auto& preset : teaching::presets()) {
        rows.push_back({preset.id, preset.title, preset.text});
    }
    return rows;
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

template <TableRow Row>
constexpr Listing listingOf(std::string_view name)
{
    return {name, tableRows<Row>, tableJson<Row>};
}

} // namespace

std::span<const Listing> listings()
{
    static constexpr std::array all = {
        listingOf<activations::Activation>("activations"),
        listingOf<initializers::Initializer>("initializers"),
        listingOf<network::Architecture>("architectures"),
        listingOf<data::Input>("inputs"),
        listingOf<diagnostics::Diagnostic>("diagnostics"),
        Listing{"presets", presetRows, presetsJson},
    };
    return all;
}

} // namespace initlens::app
