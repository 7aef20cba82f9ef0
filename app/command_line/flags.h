#pragma once

#include "app/command_line/suggestions.h"
#include "core/base/result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

/// One flag that a verb knows.
struct Flag {
    std::string name;    ///< with its dashes: "--depth"
    std::string value;   ///< what its value is called in the help; empty: it takes none. Shells
                         ///< complete FILE.json, DIR and one|two by this name
    std::string help;    ///< one sentence
    std::string section; ///< heading in the help
    bool repeatable = false;
    /// What its value may be, given what is typed of it; null: what `value` says.
    Suggestions (*suggest)(std::string_view typed) = nullptr;
};

/// The flags and words of one invocation, in order.
struct Invocation {
    struct Item {
        std::string name;
        std::string value;
    };
    std::vector<Item> flags;
    std::vector<std::string> words;

    [[nodiscard]] bool has(std::string_view name) const;
    /// The value of a flag, null when it is absent.
    [[nodiscard]] const std::string* find(std::string_view name) const;
};

/// Splits arguments: `--name value`, `--name=value` and plain words. Unknown flags (with the
/// nearest one), repeated flags and missing values are added to `problems`.
Invocation parseFlags(std::span<const std::string> arguments, std::span<const Flag> known,
                      Error& problems);

} // namespace initlens::app
