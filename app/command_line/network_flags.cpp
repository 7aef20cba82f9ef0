#include "app/command_line/network_flags.h"

#include "core/experiment/field_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace initlens::app {

namespace {

std::string flagName(std::string_view key)
{
    std::string name = fmt::format("--{}", key);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
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
        flags.back().suggest = suggestRows<Row>;
    }

    void add(const FieldInfo& info, std::string value, std::string help) const
    {
        flags.push_back({.name = flagName(info.key),
                         .value = std::move(value),
                         .help = std::move(help),
                         .section = std::string(info.section)});
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
    experiment::fields(spec, [&](const FieldInfo& info, const auto& /*member*/) {
        const std::string flag = flagName(info.key);
        if (const std::string* text = invocation.find(flag)) {
            if (auto status = experiment::setField(spec, info.key, *text, flag); !status) {
                problems.append(status.error());
            }
        }
    });
}

std::vector<double> parseNumbers(std::string_view flag, std::string_view text, double min,
                                 double max, Error& problems)
{
    std::vector<double> numbers;
    while (true) {
        const auto comma = text.find(',');
        const auto value =
            experiment::parseNumberWithin(flag, text.substr(0, comma), min, max, false);
        if (value) {
            numbers.push_back(*value);
        } else {
            problems.append(value.error());
        }
        if (comma == std::string_view::npos) {
            return numbers;
        }
        text.remove_prefix(comma + 1);
    }
}

std::optional<std::int64_t> parseWhole(std::string_view flag, std::string_view text, double min,
                                       double max, Error& problems)
{
    constexpr bool whole = true;
    const auto value = experiment::parseNumberWithin(flag, text, min, max, whole);
    if (!value) {
        problems.append(value.error());
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*value);
}

} // namespace initlens::app
