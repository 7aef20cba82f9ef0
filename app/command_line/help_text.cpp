#include "app/command_line/help_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

namespace {

constexpr std::size_t width = 90;

/// `text` in lines of at most `width` columns, each but the first `indent` from the left.
std::string wrapped(std::string_view text, std::size_t indent)
{
    std::string lines;
    std::size_t column = indent;
    while (!text.empty()) {
        const auto end = text.find(' ');
        const auto word = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (column > indent && column + 1 + word.size() > width) {
            lines += fmt::format("\n{:{}}{}", "", indent, word);
            column = indent + word.size();
        } else {
            lines += fmt::format("{}{}", column > indent ? " " : "", word);
            column += (column > indent ? 1 : 0) + word.size();
        }
    }
    return lines + '\n';
}

/// The flags under their headings.
std::string flagText(const std::vector<Flag>& flags)
{
    constexpr std::size_t indent = 6;
    std::string text;
    std::string section;
    for (const Flag& flag : flags) {
        if (flag.section != section) {
            section = flag.section;
            text += fmt::format("\n{}:\n", section);
        }
        text += fmt::format("  {}{}{}\n", flag.name, flag.value.empty() ? "" : " ", flag.value);
        text += fmt::format("{:{}}{}", "", indent, wrapped(flag.help, indent));
    }
    return text;
}

} // namespace

const ProgramHelp& programHelp()
{
    static const ProgramHelp help = {
        .title = "neural networks at initialization",
        .description =
            "Draws deep networks with random weights, sends signals and gradients through them, "
            "and shows layer by layer what becomes of them, beside what theory predicts. Result "
            "files are JSON; they open in the window and are specs at the same time. A chosen "
            "thing is written as ID or as ID:KEY=VALUE,KEY=VALUE.",
        .usages = {{"initlens", "opens the window"},
                   {"initlens RESULT.json...", "opens the window with these results"},
                   {"initlens VERB [...]", "works without a display"}},
        .examples = {"initlens run --activation relu --initializer he_normal --depth 50 --width "
                     "256",
                     "initlens run --activation tanh --initializer orthogonal --output result.json",
                     "initlens run --spec result.json --seed 2 --chart gradient.svg:gradient_norm",
                     "initlens list activations"},
        .exitCodes = {{"0", "done"},
                      {"1", "failed"},
                      {"2", "bad usage or spec, or no display for the window"},
                      {"130", "stopped by Ctrl-C with the partial results written"}}};
    return help;
}

std::string overview()
{
    const ProgramHelp& help = programHelp();
    std::string text = fmt::format("InitLens {}: {}\n", INITLENS_VERSION, help.title);
    for (const auto& [usage, meaning] : help.usages) {
        const bool first = &usage == &help.usages.front().text;
        text += fmt::format("{} {:<28} {}\n", first ? "\nUsage:" : "      ", usage, meaning);
    }
    text += "\nVerbs (initlens help VERB says more):\n";
    for (const Verb& verb : verbs()) {
        text += fmt::format("  {:<11} {}\n", verb.name, verb.summary);
    }
    text += fmt::format("\nExamples:\n  {}\n\n", fmt::join(help.examples, "\n  "));
    std::vector<std::string> codes;
    for (const auto& [code, meaning] : help.exitCodes) {
        codes.push_back(fmt::format("{} {}", code, meaning));
    }
    return text + wrapped(fmt::format("Exit codes: {}.", fmt::join(codes, "; ")), 0);
}

std::string helpText(const Verb& verb)
{
    const VerbHelp help = verb.help();
    std::string text = fmt::format("Usage: initlens {}", verb.name);
    const std::string indent(text.size() + 1, ' ');
    for (const auto& line : help.usage) {
        const bool first = &line == &help.usage.front();
        text += fmt::format("{}{}", first ? " " : '\n' + indent, line);
    }
    text += fmt::format("\n\n{}{}", wrapped(help.text, 0), flagText(help.flags));
    if (!help.examples.empty()) {
        text += fmt::format("\nExamples:\n  {}\n", fmt::join(help.examples, "\n  "));
    }
    return text;
}

} // namespace initlens::app
