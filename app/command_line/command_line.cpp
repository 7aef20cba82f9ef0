#include "app/command_line/command_line.h"

#include "app/command_line/help_text.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/base/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <utility>
#include <vector>

namespace initlens::app {

namespace {

bool isFile(const std::string& argument)
{
    std::error_code code;
    return std::filesystem::is_regular_file(argument, code);
}

bool isHelpFlag(const std::string& argument)
{
    return argument == "--help" || argument == "-h";
}

/// Why these arguments are neither a verb and its flags nor files to open.
std::string refusal(std::span<const std::string> arguments)
{
    const std::string& first = arguments.front();
    if (first.starts_with('-')) {
        return fmt::format("a verb must come before '{}'; `initlens help` lists the verbs", first);
    }
    const auto file = std::find_if_not(arguments.begin(), arguments.end(), isFile);
    const bool namesFile =
        file != arguments.begin() || first.find_first_of("./") != std::string::npos;
    return namesFile ? fmt::format("there is no file '{}'", *file) : unknownVerb(first);
}

} // namespace

std::span<const Verb> verbs()
{
    static constexpr std::array all = {
        Verb{"run", "draws a network, runs it and measures it", runVerb, runHelp},
        Verb{"theory", "what theory predicts of a network, without drawing it", theoryVerb,
             theoryHelp},
        Verb{"edge", "the edge of chaos of an activation", edgeVerb, edgeHelp},
        Verb{"gain", "the gains of an activation or of a formula of your own", gainVerb, gainHelp},
        Verb{"fans", "the fans of a layer, and what frameworks take them to be", fansVerb,
             fansHelp},
        Verb{"code", "the initial weights of a layer as PyTorch, Keras, JAX or NumPy", codeVerb,
             codeHelp},
        Verb{"list", "what there is to choose from", listVerb, listHelp},
        Verb{"bench", "how fast this machine runs the canonical workloads", benchVerb, benchHelp},
        Verb{"manual", "the manual page, for man", manualVerb, manualHelp},
        Verb{"completion", "completion of verbs, flags and ids, for a shell", completionVerb,
             completionHelp},
        Verb{"help", "this text, or the help of a verb", helpVerb, helpHelp},
    };
    return all;
}

const Verb* findVerb(std::string_view name)
{
    const auto all = verbs();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Verb& verb) { return verb.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string unknownVerb(std::string_view name)
{
    std::vector<std::string_view> names;
    for (const Verb& verb : verbs()) {
        names.push_back(verb.name);
    }
    return unknownIdMessage("verb", name, names);
}

int helpVerb(std::span<const std::string> arguments)
{
    if (arguments.empty()) {
        return print(overview());
    }
    const Verb* verb = findVerb(arguments.front());
    if (verb == nullptr) {
        return fail(Error(unknownVerb(arguments.front())), ExitCode::BadUsage);
    }
    if (arguments.size() > 1) {
        return fail(Error(fmt::format("help takes one verb, not '{}' too", arguments[1])),
                    ExitCode::BadUsage);
    }
    return print(helpText(*verb));
}

VerbHelp helpHelp()
{
    std::vector<Suggestions::Word> words;
    for (const Verb& verb : verbs()) {
        words.push_back({std::string(verb.name), std::string(verb.summary)});
    }
    return {.usage = {"[VERB]"},
            .text = "Prints what the verb does, its flags and examples; without a verb what verbs "
                    "there are.",
            .flags = {},
            .examples = {"initlens help run"},
            .words = std::move(words)};
}

bool wantsWindow(std::span<const std::string> arguments)
{
    return std::all_of(arguments.begin(), arguments.end(), [](const std::string& argument) {
        return findVerb(argument) == nullptr && isFile(argument);
    });
}

int runCommandLine(std::span<const std::string> arguments)
{
    // A write beyond the limit on file sizes is to fail, so that what it left can be removed.
    std::signal(SIGXFSZ, SIG_IGN);
    const std::string& first = arguments.front();
    if (first == "--version") {
        return print("initlens " INITLENS_VERSION "\n");
    }
    if (isHelpFlag(first)) {
        return print(overview());
    }
    const Verb* verb = findVerb(first);
    if (verb == nullptr) {
        return fail(Error(refusal(arguments)), ExitCode::BadUsage);
    }
    const auto rest = arguments.subspan(1);
    if (std::any_of(rest.begin(), std::find(rest.begin(), rest.end(), "--"), isHelpFlag)) {
        return print(helpText(*verb));
    }
    return verb->run(rest);
}

} // namespace initlens::app
