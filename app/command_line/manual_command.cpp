#include "app/command_line/flags.h"
#include "app/command_line/help_text.h"
#include "app/command_line/listings.h"
#include "app/command_line/output_paths.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

namespace {

struct Escape {
    char character;
    std::string_view text;
};
/// Characters that roff would take for its own, or set as others.
constexpr std::array<Escape, 7> escapes = {
    Escape{'\\', "\\e"},  Escape{'-', "\\-"},   Escape{'\'', "\\(aq"}, Escape{'`', "\\(ga"},
    Escape{'^', "\\(ha"}, Escape{'~', "\\(ti"}, Escape{'\n', " "}};

/// Plain text in roff, shown as it is.
std::string plain(std::string_view text)
{
    std::string shown = text.starts_with('.') ? "\\&" : "";
    for (const char each : text) {
        const auto* const escape =
            std::find_if(escapes.begin(), escapes.end(),
                         [&](const Escape& known) { return known.character == each; });
        shown += escape == escapes.end() ? std::string(1, each) : std::string(escape->text);
    }
    return shown;
}

std::string bold(std::string_view text)
{
    return fmt::format("\\fB{}\\fR", plain(text));
}

std::string heading(std::string_view text)
{
    std::string capitals(text);
    std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                   [](unsigned char each) { return static_cast<char>(std::toupper(each)); });
    return fmt::format(".SH \"{}\"\n", capitals);
}

/// A term, and what is said of it further right.
std::string item(const std::string& term, std::string_view text)
{
    return fmt::format(".TP\n{}\n{}\n", term, plain(text));
}

template <class Lines>
std::string exampleLines(const Lines& lines)
{
    std::string text;
    if (!lines.empty()) {
        text += ".nf\n";
        for (const auto& line : lines) {
            text += plain(line) + '\n';
        }
        text += ".fi\n";
    }
    return text;
}

std::string flagItems(const std::vector<Flag>& flags)
{
    std::string text;
    std::string section;
    for (const Flag& flag : flags) {
        if (flag.section != section) {
            section = flag.section;
            text += fmt::format(".SS \"{}\"\n", section);
        }
        std::string term = bold(flag.name);
        if (!flag.value.empty()) {
            term += fmt::format(" \\fI{}\\fR", plain(flag.value));
        }
        text += item(term, flag.help);
    }
    return text;
}

std::string verbSection(const Verb& verb)
{
    const VerbHelp help = verb.help();
    std::string text = heading(fmt::format("initlens {}", verb.name));
    text += bold(fmt::format("initlens {}", verb.name));
    for (const auto& line : help.usage) {
        text += ' ' + plain(line);
    }
    text += fmt::format("\n.PP\n{}\n", plain(help.text));
    text += flagItems(help.flags);
    if (!help.examples.empty()) {
        text += ".SS \"Examples\"\n" + exampleLines(help.examples);
    }
    return text;
}

std::string listingSection(const Listing& listing)
{
    std::string text = heading(listing.name);
    for (const ListedRow& row : listing.rows()) {
        std::string term = bold(row.id);
        for (const auto& parameter : row.parameters) {
            // Lines may break behind the sign.
            const bool first = &parameter == &row.parameters.front();
            term += fmt::format("{}\\:{}", first ? ":" : ",", plain(parameter));
        }
        text +=
            item(term, row.text.empty() ? row.label : fmt::format("{}: {}", row.label, row.text));
    }
    return text;
}

std::string manualPage()
{
    const ProgramHelp& program = programHelp();
    std::string text = fmt::format(
        ".TH INITLENS 1 \"\" \"InitLens {}\" \"User Commands\"\n.ad l\n.nh\n", INITLENS_VERSION);
    text += fmt::format("{}initlens \\- {}\n", heading("name"), plain(program.title));
    text += heading("synopsis");
    for (const auto& [usage, meaning] : program.usages) {
        const bool first = &usage == &program.usages.front().text;
        text += fmt::format("{}{}\n", first ? "" : ".br\n", bold(usage));
    }
    text += fmt::format("{}{}\n", heading("description"), plain(program.description));
    for (const auto& [usage, meaning] : program.usages) {
        text += item(bold(usage), meaning);
    }
    text += heading("verbs");
    for (const Verb& verb : verbs()) {
        text += item(bold(verb.name), verb.summary);
    }
    for (const Verb& verb : verbs()) {
        text += verbSection(verb);
    }
    for (const Listing& listing : listings()) {
        text += listingSection(listing);
    }
    text += heading("exit status");
    for (const auto& [code, meaning] : program.exitCodes) {
        text += item(bold(code), meaning);
    }
    return text + heading("examples") + exampleLines(program.examples);
}

std::vector<Flag> manualFlags()
{
    return {{.name = "--output",
             .value = "FILE",
             .help = "Writes the page there; to standard output unless given.",
             .section = "Manual"}};
}

} // namespace

int manualVerb(std::span<const std::string> arguments)
{
    Error problems;
    const auto flags = manualFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    for (const auto& word : invocation.words) {
        problems.add(fmt::format("manual takes flags only, not '{}'", word));
    }
    const std::string* output = outputFile(invocation, problems);
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    return deliver(manualPage(), output);
}

VerbHelp manualHelp()
{
    return {.usage = {"[--output FILE]"},
            .text = "Prints the manual page: this help of every verb, and what `initlens list` "
                    "lists, in the language of man. Packages install it.",
            .flags = manualFlags(),
            .examples = {"initlens manual --output initlens.1"}};
}

} // namespace initlens::app
