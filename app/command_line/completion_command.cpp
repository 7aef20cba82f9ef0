#include "app/command_line/flags.h"
#include "app/command_line/output_paths.h"
#include "app/command_line/suggestions.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/base/registry.h"
#include "core/teaching/embedded_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace initlens::app {

/// The scripts of resources/completions by the names of their shells.
std::span<const teaching::EmbeddedFile> completionFiles();

namespace {

constexpr std::string_view candidates = "candidates";

std::vector<std::string_view> names()
{
    std::vector<std::string_view> all;
    for (const auto& file : completionFiles()) {
        all.push_back(file.name);
    }
    all.push_back(candidates);
    return all;
}

std::vector<Flag> completionFlags()
{
    return {{.name = "--output",
             .value = "FILE",
             .help = "Writes the script there; to standard output unless given.",
             .section = "Completion"}};
}

/// A line for each word, its help behind a tab; and `:files .json .svg` or `:directories` where the
/// shell's own names may stand as well.
std::string linesOf(const Suggestions& suggestions)
{
    std::string text;
    for (const auto& [word, help] : suggestions.words) {
        text += fmt::format("{}{}{}\n", word, help.empty() ? "" : "\t", help);
    }
    if (suggestions.names == Suggestions::Names::Files) {
        text += ":files";
        for (const auto& ending : suggestions.endings) {
            text += fmt::format(" {}", ending);
        }
        text += '\n';
    } else if (suggestions.names == Suggestions::Names::Directories) {
        text += ":directories\n";
    }
    return text;
}

int printCandidates(std::span<const std::string> arguments)
{
    if (arguments.empty() || arguments.front() != "--") {
        return fail(Error("completion candidates needs -- and the words that are typed"),
                    ExitCode::BadUsage);
    }
    std::vector<std::string> words(arguments.begin() + 1, arguments.end());
    if (words.empty()) {
        words.emplace_back();
    }
    return print(linesOf(suggestionsFor(words)));
}

} // namespace

int completionVerb(std::span<const std::string> arguments)
{
    if (!arguments.empty() && arguments.front() == candidates) {
        return printCandidates(arguments.subspan(1));
    }
    Error problems;
    const auto flags = completionFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    const auto files = completionFiles();
    const teaching::EmbeddedFile* script = nullptr;
    if (invocation.words.size() != 1) {
        problems.add(fmt::format("completion needs one of {}", fmt::join(names(), ", ")));
    } else {
        const auto found = std::find_if(files.begin(), files.end(), [&](const auto& file) {
            return file.name == invocation.words.front();
        });
        if (found == files.end()) {
            problems.add(unknownIdMessage("shell", invocation.words.front(), names()));
        } else {
            script = &*found;
        }
    }
    const std::string* output = outputFile(invocation, problems);
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    return deliver(script->contents, output);
}

VerbHelp completionHelp()
{
    std::vector<Suggestions::Word> words;
    for (const auto name : names()) {
        words.push_back({std::string(name), ""});
    }
    return {.usage = {"WHAT [--output FILE]"},
            .text = fmt::format(
                "WHAT is one of {}. For a shell it prints the script that completes verbs, flags, "
                "ids with their parameters, presets and files; packages install it. The script "
                "asks `initlens completion candidates -- WORDS` what may stand in place of the "
                "last word: a line each, with its help behind a tab, and `:files` with endings or "
                "`:directories` where names of the file system may stand.",
                fmt::join(names(), ", ")),
            .flags = completionFlags(),
            .examples = {"source <(initlens completion bash)",
                         "initlens completion candidates -- run --activation re"},
            .words = std::move(words)};
}

} // namespace initlens::app
