#include "app/command_line/network_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace initlens::app {

namespace {

std::string flagName(std::string_view key)
{
    std::string name = fmt::format("--{}", key);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

std::string clipped(std::string_view text)
{
    constexpr std::size_t longest = 40;
    return text.size() <= longest ? std::string(text)
                                  : fmt::format("{}...", text.substr(0, longest));
}

/// The number in `text` if it is one of the allowed ones.
std::optional<double> parseWithin(std::string_view flag, std::string_view text, double min,
                                  double max, bool whole, Error& problems)
{
    const auto value = parseNumber(text);
    if (value && *value >= min && *value <= max && (!whole || std::floor(*value) == *value)) {
        return value;
    }
    problems.add(fmt::format("{} must be a {} from {} to {}, not '{}'", flag,
                             whole ? "whole number" : "number", numberText(min), numberText(max),
                             clipped(text)));
    return std::nullopt;
}

/// Describes each field as a flag.
struct FlagMaker {
    std::vector<Flag>& flags;

    void operator()(const FieldInfo& info, std::int64_t value) const
    {
        add(info, "N",
            fmt::format("{} {} to {}; {} unless given.", info.help, numberText(info.min),
                        numberText(info.max), value));
    }
    void operator()(const FieldInfo& info, double value) const
    {
        add(info, "X",
            fmt::format("{} {} to {}; {} unless given.", info.help, numberText(info.min),
                        numberText(info.max), numberText(value)));
    }
    template <TableRow Row>
    void operator()(const FieldInfo& info, const Choice<Row>& choice) const
    {
        const auto table = Row::table();
        const bool plain = std::all_of(table.begin(), table.end(),
                                       [](const Row* row) { return row->head.params.empty(); });
        add(info, plain ? "ID" : "ID[:KEY=VALUE,...]",
            fmt::format("{} {} unless given. One of {}.", info.help, choiceText(choice),
                        fmt::join(ids(table), ", ")));
    }

    void add(const FieldInfo& info, std::string value, std::string help) const
    {
        flags.push_back({.name = flagName(info.key),
                         .value = std::move(value),
                         .help = std::move(help),
                         .section = std::string(info.section)});
    }
};

/// Reads the flag of each field that is given.
struct FlagReader {
    const Invocation& invocation;
    Error& problems;

    void operator()(const FieldInfo& info, std::int64_t& value) const
    {
        if (const std::string* text = invocation.find(flagName(info.key))) {
            value =
                parseWhole(flagName(info.key), *text, info.min, info.max, problems).value_or(value);
        }
    }
    void operator()(const FieldInfo& info, double& value) const
    {
        if (const std::string* text = invocation.find(flagName(info.key))) {
            constexpr bool whole = false;
            value = parseWithin(flagName(info.key), *text, info.min, info.max, whole, problems)
                        .value_or(value);
        }
    }
    template <TableRow Row>
    void operator()(const FieldInfo& info, Choice<Row>& choice) const
    {
        if (const std::string* text = invocation.find(flagName(info.key))) {
            auto parsed = parseChoice<Row>(Row::table(), Row::kind, *text);
            if (parsed) {
                choice = *std::move(parsed);
            } else {
                problems.append(parsed.error());
            }
        }
    }
};

} // namespace

std::vector<Flag> networkFlags()
{
    std::vector<Flag> flags;
    const experiment::RunSpec defaults;
    experiment::fields(defaults, FlagMaker{flags});
    return flags;
}

void applyNetworkFlags(const Invocation& invocation, experiment::RunSpec& spec, Error& problems)
{
    experiment::fields(spec, FlagReader{invocation, problems});
}

std::optional<std::int64_t> parseWhole(std::string_view flag, std::string_view text, double min,
                                       double max, Error& problems)
{
    constexpr bool whole = true;
    const auto value = parseWithin(flag, text, min, max, whole, problems);
    return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

} // namespace initlens::app
