#include "app/command_line/listings.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/base/registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace initlens::app {

namespace {

std::vector<std::string_view> listingNames()
{
    std::vector<std::string_view> names;
    for (const Listing& listing : listings()) {
        names.push_back(listing.name);
    }
    return names;
}

std::vector<Flag> listFlags()
{
    return {{.name = "--json",
             .value = "",
             .help = "Writes all there is to know of each as JSON.",
             .section = "List"}};
}

std::string textOf(const Listing& listing)
{
    const auto rows = listing.rows();
    std::size_t width = 0;
    for (const ListedRow& row : rows) {
        width = std::max(width, row.id.size());
    }
    std::string text;
    for (const ListedRow& row : rows) {
        text += fmt::format("{:<{}}  {}\n", row.id, width, row.label);
    }
    return text;
}

} // namespace

int listVerb(std::span<const std::string> arguments)
{
    Error problems;
    const auto flags = listFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    const auto names = listingNames();
    const Listing* listing = nullptr;
    if (invocation.words.empty()) {
        problems.add(fmt::format("list needs one of {}", fmt::join(names, ", ")));
    } else {
        const auto found = std::find(names.begin(), names.end(), invocation.words.front());
        if (found == names.end()) {
            problems.add(unknownIdMessage("list", invocation.words.front(), names));
        } else {
            listing = &listings()[static_cast<std::size_t>(found - names.begin())];
        }
        if (invocation.words.size() > 1) {
            problems.add(fmt::format("list takes one name, not '{}' too", invocation.words[1]));
        }
    }
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    return print(invocation.has("--json") ? listing->json() : textOf(*listing));
}

VerbHelp listHelp()
{
    std::vector<Suggestions::Word> words;
    for (const auto name : listingNames()) {
        words.push_back({std::string(name), ""});
    }
    return {.usage = {"WHAT [--json]"},
            .text = fmt::format("WHAT is one of {}. Prints an id and a label a line; with --json "
                                "all there is to know of each: formula, source, help, and its "
                                "parameters with their ranges; of a preset, what it shows, and its "
                                "runs with their specs.",
                                fmt::join(listingNames(), ", ")),
            .flags = listFlags(),
            .examples = {"initlens list presets", "initlens list initializers --json"},
            .words = std::move(words)};
}

} // namespace initlens::app
