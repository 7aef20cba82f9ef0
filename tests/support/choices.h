#pragma once

#include "core/base/registry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace initlens::testing {

/// The largest value that a parameter takes.
inline double largest(const ParamSpec& param)
{
    return param.isOption() ? static_cast<double>(param.options.size() - 1) : param.max;
}

/// A row with its initial parameters, and with each parameter in turn at its smallest and largest
/// value; an option takes every value.
template <TableRow Row>
std::vector<Choice<Row>> choicesOf(const Row& row)
{
    std::vector<Choice<Row>> choices = {Choice<Row>(row)};
    for (std::size_t i = 0; i < row.head.params.size(); ++i) {
        const ParamSpec& param = row.head.params[i];
        std::set<double> values = {param.min, largest(param)};
        for (std::size_t option = 0; option < param.options.size(); ++option) {
            values.insert(static_cast<double>(option));
        }
        for (const double value : values) {
            choices.emplace_back(row).values[i] = value;
        }
    }
    return choices;
}

/// The same for every row of the table.
template <TableRow Row>
std::vector<Choice<Row>> everyChoice()
{
    std::vector<Choice<Row>> choices;
    for (const Row* row : Row::table()) {
        std::ranges::move(choicesOf(*row), std::back_inserter(choices));
    }
    return choices;
}

/// Names a parameterised test after its row.
struct RowName {
    template <class Row>
    std::string operator()(const ::testing::TestParamInfo<const Row*>& info) const
    {
        return std::string(info.param->head.id);
    }
};

inline bool isSnakeCase(std::string_view id)
{
    return !id.empty() && std::islower(static_cast<unsigned char>(id.front())) != 0 &&
           std::ranges::all_of(id, [](unsigned char letter) {
               return std::islower(letter) != 0 || std::isdigit(letter) != 0 || letter == '_';
           });
}

inline void expectSound(const ParamSpec& param)
{
    SCOPED_TRACE(param.key);
    EXPECT_FALSE(param.label.empty());
    EXPECT_TRUE(param.help.ends_with('.'));
    EXPECT_LE(param.min, param.initial);
    EXPECT_LE(param.initial, largest(param));
    if (param.isOption() || param.integer) {
        EXPECT_EQ(param.initial, std::floor(param.initial));
    }
    if (param.isOption()) {
        EXPECT_EQ(param.min, 0);
        EXPECT_EQ(param.max, largest(param));
    }
}

/// What a table owes to those who iterate it: ids and keys that are unique and snake_case, words
/// for every row and parameter, initial values within their range.
template <TableRow Row>
void expectSoundTable()
{
    std::set<std::string_view> seen;
    for (const Row* row : Row::table()) {
        const RowHead& head = row->head;
        SCOPED_TRACE(head.id);
        EXPECT_TRUE(isSnakeCase(head.id));
        EXPECT_TRUE(seen.insert(head.id).second) << "twice in the table";
        EXPECT_FALSE(head.label.empty());
        EXPECT_FALSE(head.formula.empty());
        EXPECT_FALSE(head.source.empty());
        EXPECT_TRUE(head.help.ends_with('.'));
        std::set<std::string_view> keys;
        for (const ParamSpec& param : head.params) {
            EXPECT_TRUE(isSnakeCase(param.key));
            EXPECT_TRUE(keys.insert(param.key).second) << param.key << " twice";
            expectSound(param);
        }
    }
}

/// What choiceText writes, parseChoice reads back as the same choice, for every choice.
template <TableRow Row>
void expectRoundTrips()
{
    for (const Choice<Row>& choice : everyChoice<Row>()) {
        const std::string text = choiceText(choice);
        const auto back = parseChoice(Row::table(), Row::kind, text);
        ASSERT_TRUE(back) << text << ": " << back.error().message();
        EXPECT_EQ(*back, choice) << text;
    }
}

} // namespace initlens::testing
