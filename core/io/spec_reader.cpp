#include "core/io/spec_reader.h"

#include "core/io/result_file.h"
#include "core/io/schema.h"

#include <fmt/format.h>

#include <array>

namespace initlens::io {

namespace {

/// The parameters of a choice that is written as an object, as texts for the row's own checks.
Result<ChoiceText> choiceParts(const JsonPlace& place, const RowHead& head)
{
    ChoiceText parts{std::string(head.id), {}};
    for (const auto& [key, value] : place.value().items()) {
        if (key == "id") {
            continue;
        }
        if (value.is_string()) {
            // A text may stand for an option only: "0.2" is no number.
            for (const auto& param : head.params) {
                if (param.key == key && !param.isOption()) {
                    return Error(fmt::format("{} must be a number from {} to {}, not a text", key,
                                             numberText(param.min), numberText(param.max)));
                }
            }
            parts.params.push_back({key, value.get<std::string>()});
        } else if (value.is_number()) {
            parts.params.push_back({key, numberText(value.get<double>())});
        } else {
            return Error(fmt::format("{} must be a number or the name of an option", key));
        }
    }
    return parts;
}

template <TableRow Row>
Result<Choice<Row>> readChoice(const JsonPlace& place)
{
    const auto table = Row::table();
    if (place.value().is_string()) {
        return parseChoice<Row>(table, Row::kind, place.value().get<std::string>());
    }
    if (!place.value().is_object()) {
        return Error(fmt::format(
            "must be the id of an {}, or an object with `id` and its parameters", Row::kind));
    }
    const auto id = place.value().find("id");
    if (id == place.value().end() || !id->is_string()) {
        return Error("the object needs an `id`, which is a text");
    }
    const auto name = id->get<std::string>();
    const Row* row = findRow(table, name);
    if (row == nullptr) {
        return Error(unknownIdMessage(Row::kind, name, ids(table)));
    }
    auto parts = choiceParts(place, row->head);
    if (!parts) {
        return parts.error();
    }
    return makeChoice(table, Row::kind, *parts);
}

/// Reads the fields that are there.
struct FieldReader {
    const JsonPlace& place;

    void operator()(const FieldInfo& info, std::int64_t& value) const
    {
        if (const auto member = find(info)) {
            value = member
                        ->whole(static_cast<std::int64_t>(info.min),
                                static_cast<std::int64_t>(info.max))
                        .value_or(value);
        }
    }
    void operator()(const FieldInfo& info, double& value) const
    {
        if (const auto member = find(info)) {
            value = member->number(info.min, info.max).value_or(value);
        }
    }
    template <TableRow Row>
    void operator()(const FieldInfo& info, Choice<Row>& value) const
    {
        if (const auto member = find(info)) {
            auto choice = readChoice<Row>(*member);
            if (choice) {
                value = *std::move(choice);
            } else {
                member->complain(choice.error().message());
            }
        }
    }

    [[nodiscard]] std::optional<JsonPlace> find(const FieldInfo& info) const
    {
        return place.has(info.key) ? place.member(info.key) : std::nullopt;
    }
};

} // namespace

experiment::RunSpec readSpecFields(const JsonPlace& place)
{
    experiment::RunSpec spec;
    std::vector<std::string_view> keys;
    experiment::fields(spec, [&](const FieldInfo& info, const auto&) { keys.push_back(info.key); });
    if (place.object(keys)) {
        experiment::fields(spec, FieldReader{place});
    }
    return spec;
}

std::span<const std::string_view> resultKeys()
{
    static constexpr std::array<std::string_view, 8> keys = {
        "initlens", "schema", "spec", "outcome", "events", "timing", "readings", "agreement"};
    return keys;
}

bool checkSchema(const JsonPlace& document)
{
    if (!document.value().is_object()) {
        document.complain("it is not a result of InitLens, which is a JSON object");
        return false;
    }
    if (!document.has("schema")) {
        document.complain("it is not a result of InitLens: the key 'schema' is missing");
        return false;
    }
    const auto schema = document.member("schema");
    const auto version = schema->whole(1, std::int64_t{1} << 40);
    if (!version) {
        return false;
    }
    if (*version > schemaVersion) {
        document.complain(
            fmt::format("this file is from a newer InitLens (schema {}); this one reads schema {}",
                        *version, schemaVersion));
        return false;
    }
    return document.object(resultKeys());
}

Result<experiment::RunSpec> specFromJson(std::string_view text)
{
    const auto document = parseDocument(text);
    if (!document) {
        return document.error();
    }
    Error problems;
    const JsonPlace root(*document, {}, problems);
    experiment::RunSpec spec;
    if (document->is_object() && document->contains("schema")) {
        if (checkSchema(root)) {
            if (const auto inner = root.member("spec")) {
                spec = readSpecFields(*inner);
            }
        }
    } else {
        spec = readSpecFields(root);
    }
    if (!problems.empty()) {
        return problems;
    }
    return spec;
}

Result<experiment::ShorthandReading> specFromLine(std::string_view text,
                                                  const experiment::RunSpec& base)
{
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || text[start] != '{') {
        return experiment::specFromShorthand(text, base);
    }
    auto spec = specFromJson(text);
    if (!spec) {
        return spec.error();
    }
    return experiment::ShorthandReading{*std::move(spec), {}};
}

Result<experiment::RunSpec> readSpec(const std::filesystem::path& path)
{
    const auto text = readFile(path, largestJsonFile());
    if (!text) {
        return text.error();
    }
    auto spec = specFromJson(*text);
    if (!spec) {
        return Error(fmt::format("'{}': {}", path.string(), spec.error().message()));
    }
    return spec;
}

} // namespace initlens::io
