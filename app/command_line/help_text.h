#pragma once

#include "app/command_line/verbs.h"

#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

/// What the program as a whole says of itself.
struct ProgramHelp {
    struct Line {
        std::string_view text;
        std::string_view help;
    };
    std::string_view title; ///< in a few words, without the version
    std::string_view description;
    std::vector<Line> usages; ///< whole command lines
    std::vector<std::string_view> examples;
    std::vector<Line> exitCodes;
};
const ProgramHelp& programHelp();

/// What `initlens help` prints: the verbs, examples, exit codes.
std::string overview();

/// What `initlens help VERB` prints.
std::string helpText(const Verb& verb);

} // namespace initlens::app
