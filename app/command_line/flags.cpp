#include "app/command_line/flags.h"

#include "core/base/registry.h"

#include <fmt/format.h>

#include <algorithm>

namespace initlens::app {

namespace {

std::string unknownFlag(const std::string& name, std::span<const Flag> known)
{
    std::vector<std::string_view> names;
    for (const Flag& flag : known) {
        names.push_back(flag.name);
    }
    const std::string near = nearest(name, names);
    return near.empty() ? fmt::format("unknown flag '{}'", name)
                        : fmt::format("unknown flag '{}', did you mean {}?", name, near);
}

} // namespace

bool Invocation::has(std::string_view name) const
{
    return find(name) != nullptr;
}

const std::string* Invocation::find(std::string_view name) const
{
    const auto found = std::find_if(flags.begin(), flags.end(),
                                    [&](const Item& item) { return item.name == name; });
    return found == flags.end() ? nullptr : &found->value;
}

Invocation parseFlags(std::span<const std::string> arguments, std::span<const Flag> known,
                      Error& problems)
{
    Invocation invocation;
    std::vector<std::string> repeated;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (!argument.starts_with('-') || argument == "-") {
            invocation.words.push_back(argument);
            continue;
        }
        const auto equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        const auto flag = std::find_if(known.begin(), known.end(),
                                       [&](const Flag& one) { return one.name == name; });
        const bool attached = equals != std::string::npos;
        const bool valueFollows = i + 1 < arguments.size() && !arguments[i + 1].starts_with("--");
        if (flag == known.end()) {
            problems.add(unknownFlag(name, known));
            // Whatever follows an unknown flag is most likely its value.
            i += !attached && valueFollows ? 1 : 0;
            continue;
        }
        std::string value;
        if (flag->value.empty() && attached) {
            problems.add(fmt::format("{} takes no value", name));
        } else if (attached) {
            value = argument.substr(equals + 1);
        } else if (!flag->value.empty() && valueFollows) {
            value = arguments[++i];
        }
        if (!flag->value.empty() && value.empty()) {
            problems.add(fmt::format("{} needs a value, {}", name, flag->value));
            continue;
        }
        if (!flag->repeatable && invocation.has(name)) {
            if (std::find(repeated.begin(), repeated.end(), name) == repeated.end()) {
                problems.add(fmt::format("{} is given more than once", name));
                repeated.push_back(name);
            }
            continue;
        }
        invocation.flags.push_back({name, std::move(value)});
    }
    return invocation;
}

} // namespace initlens::app
