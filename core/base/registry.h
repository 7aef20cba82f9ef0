#pragma once

#include "core/base/result.h"

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace initlens {

/// One parameter of a row: `leaky_relu:slope=0.2` sets the parameter `slope`.
/// A parameter with `options` takes one of these names; its value is the name's index.
struct ParamSpec {
    std::string_view key;       ///< snake_case, unique within its row
    std::string_view label;     ///< for a person, lower case
    std::string_view help = {}; ///< one sentence: meaning, unit
    double initial = 0;
    double min = 0; ///< smallest value allowed
    double max = 0; ///< largest value allowed
    std::span<const std::string_view> options = {};
    bool integer = false; ///< only whole numbers are allowed

    [[nodiscard]] bool isOption() const { return !options.empty(); }
};

/// What every row of every table says of itself. The window's combo boxes, the command line, files,
/// `list`, the README's tables and the test suites read nothing else.
struct RowHead {
    std::string_view id;           ///< snake_case, unique within its table
    std::string_view label;        ///< for a person
    std::string_view group = {};   ///< heading under which the window lists it; may be empty
    std::string_view formula = {}; ///< plain text
    std::string_view source = {};  ///< author, year, equation; or the framework and version
    std::string_view help = {};    ///< what a person should know: meaning, traps
    std::span<const ParamSpec> params = {};
};

template <class Row>
concept TableRow = requires(const Row& row)
{
    {
        row.head
        } -> std::convertible_to<const RowHead&>;
};

/// An explicit list of rows. Rows have static storage, so a pointer to one never dangles.
template <class Row>
using Table = std::span<const Row* const>;

/// What travels when somebody picks a row: the row and a value for each of its parameters, in the
/// order of `row->head.params`.
template <TableRow Row>
struct Choice {
    const Row* row = nullptr;
    std::vector<double> values;

    Choice() = default;
    /// The row with every parameter at its initial value.
    explicit Choice(const Row& chosen) : row(&chosen)
    {
        for (const auto& param : chosen.head.params) {
            values.push_back(param.initial);
        }
    }
    Choice(const Row& chosen, std::vector<double> parameters)
        : row(&chosen), values(std::move(parameters))
    {}

    [[nodiscard]] std::string_view id() const { return row->head.id; }
    const Row* operator->() const { return row; }
    friend bool operator==(const Choice&, const Choice&) = default;
};

template <class Row>
const Row* findRow(Table<Row> table, std::string_view id)
{
    for (const Row* row : table) {
        if (row->head.id == id) {
            return row;
        }
    }
    return nullptr;
}

/// The candidate with the smallest edit distance to `word`, or empty when none is near.
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

/// `key=value` pairs of a choice, not yet checked. Values are texts or numbers already.
struct ParamText {
    std::string key;
    std::string text;
};

/// `id` or `id:key=value,key=value`, split but not yet checked.
struct ChoiceText {
    std::string id;
    std::vector<ParamText> params;
};
Result<ChoiceText> splitChoice(std::string_view text);

/// Checks one parameter text against its description: a number within the range, or an option's
/// name. `owner` is the row's id and stands in the message.
Result<double> parseParam(const ParamSpec& param, std::string_view text, std::string_view owner);

/// The number that `text` spells, as a whole; nothing else may follow. NaN and infinities are no
/// numbers here.
std::optional<double> parseNumber(std::string_view text);

/// The shortest text that reads back as the same double.
std::string numberText(double value);

/// The parameters of a row, checked: unknown keys, repeated keys and values out of range are named.
Result<std::vector<double>> parseParams(const RowHead& head, std::span<const ParamText> params);

/// `id:key=value,...` with only the parameters that differ from their initial value.
std::string choiceText(const RowHead& head, std::span<const double> values);

template <TableRow Row>
std::string choiceText(const Choice<Row>& choice)
{
    return choiceText(choice.row->head, choice.values);
}

/// The sentence for an id that `table` does not have; it names the nearest one and all others.
std::string unknownIdMessage(std::string_view kind, std::string_view id,
                             std::span<const std::string_view> ids);

template <class Row>
std::vector<std::string_view> ids(Table<Row> table)
{
    std::vector<std::string_view> all;
    for (const Row* row : table) {
        all.push_back(row->head.id);
    }
    return all;
}

/// A choice from its parts; `kind` ("activation") stands in the messages.
template <TableRow Row>
Result<Choice<Row>> makeChoice(Table<Row> table, std::string_view kind, const ChoiceText& text)
{
    const Row* row = findRow(table, text.id);
    if (row == nullptr) {
        return Error(unknownIdMessage(kind, text.id, ids(table)));
    }
    auto values = parseParams(row->head, text.params);
    if (!values) {
        return values.error();
    }
    return Choice<Row>(*row, *std::move(values));
}

template <TableRow Row>
Result<Choice<Row>> parseChoice(Table<Row> table, std::string_view kind, std::string_view text)
{
    auto parts = splitChoice(text);
    if (!parts) {
        return parts.error();
    }
    return makeChoice(table, kind, *parts);
}

} // namespace initlens
