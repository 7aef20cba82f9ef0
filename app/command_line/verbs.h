#pragma once

#include "app/command_line/flags.h"
#include "app/command_line/suggestions.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

/// What a verb says of itself: its help, its part of the manual page and its completion.
struct VerbHelp {
    std::vector<std::string> usage; ///< what follows `initlens VERB`, in lines
    std::string text;               ///< what it does, in one paragraph
    std::vector<Flag> flags;
    std::vector<std::string> examples;      ///< whole command lines
    std::vector<Suggestions::Word> words{}; ///< what may stand in the place of a word, not a flag
};

/// One verb of the command line. A new one is a function, its help and a line in the table.
struct Verb {
    std::string_view name;
    std::string_view summary;                                     ///< one line for the overview
    int (*run)(std::span<const std::string> arguments) = nullptr; ///< returns the exit code
    VerbHelp (*help)() = nullptr;
};

std::span<const Verb> verbs();

/// The verb of this name, null when there is none.
const Verb* findVerb(std::string_view name);

int runVerb(std::span<const std::string> arguments);
int theoryVerb(std::span<const std::string> arguments);
int edgeVerb(std::span<const std::string> arguments);
int gainVerb(std::span<const std::string> arguments);
int fansVerb(std::span<const std::string> arguments);
int codeVerb(std::span<const std::string> arguments);
int listVerb(std::span<const std::string> arguments);
int benchVerb(std::span<const std::string> arguments);
int manualVerb(std::span<const std::string> arguments);
int completionVerb(std::span<const std::string> arguments);
int helpVerb(std::span<const std::string> arguments);

VerbHelp runHelp();
VerbHelp theoryHelp();
VerbHelp edgeHelp();
VerbHelp gainHelp();
VerbHelp fansHelp();
VerbHelp codeHelp();
VerbHelp listHelp();
VerbHelp benchHelp();
VerbHelp manualHelp();
VerbHelp completionHelp();
VerbHelp helpHelp();

/// The sentence for a verb that is not in the table.
std::string unknownVerb(std::string_view name);

} // namespace initlens::app
