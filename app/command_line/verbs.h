#pragma once

#include <span>
#include <string>
#include <string_view>

namespace initlens::app {

/// One verb of the command line. A new one is a function, its help and a line in the table.
struct Verb {
    std::string_view name;
    std::string_view summary;                                     ///< one line for the overview
    int (*run)(std::span<const std::string> arguments) = nullptr; ///< returns the exit code
    std::string (*help)() = nullptr;
};

std::span<const Verb> verbs();

int runVerb(std::span<const std::string> arguments);
int theoryVerb(std::span<const std::string> arguments);
int edgeVerb(std::span<const std::string> arguments);
int gainVerb(std::span<const std::string> arguments);
int fansVerb(std::span<const std::string> arguments);
int listVerb(std::span<const std::string> arguments);
int benchVerb(std::span<const std::string> arguments);
int helpVerb(std::span<const std::string> arguments);

std::string runHelp();
std::string theoryHelp();
std::string edgeHelp();
std::string gainHelp();
std::string fansHelp();
std::string listHelp();
std::string benchHelp();
/// What `initlens help` prints: the verbs, examples, exit codes.
std::string overview();

/// The sentence for a verb that is not in the table.
std::string unknownVerb(std::string_view name);

} // namespace initlens::app
