#include "app/command_line/flag_help.h"

#include <fmt/format.h>

namespace initlens::app {

namespace {

/// `text` in lines of at most `width` columns, each `indent` from the left.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width)
{
    std::string lines;
    std::size_t column = width + 1;
    while (!text.empty()) {
        const auto end = text.find(' ');
        const auto word = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (column + 1 + word.size() > width) {
            lines += fmt::format("{}{:{}}{}", lines.empty() ? "" : "\n", "", indent, word);
            column = indent + word.size();
        } else {
            lines += fmt::format(" {}", word);
            column += 1 + word.size();
        }
    }
    return lines + '\n';
}

} // namespace

std::string flagHelp(std::span<const Flag> flags)
{
    constexpr std::size_t indent = 6;
    constexpr std::size_t width = 90;
    std::string text;
    std::string section;
    for (const Flag& flag : flags) {
        if (flag.section != section) {
            section = flag.section;
            text += fmt::format("\n{}:\n", section);
        }
        text += fmt::format("  {}{}{}\n", flag.name, flag.value.empty() ? "" : " ", flag.value);
        text += wrapped(flag.help, indent, width);
    }
    return text;
}

} // namespace initlens::app
