#include "core/code/python_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace initlens::code {

std::string number(double value)
{
    std::string text = fmt::format("{:.10g}", value);
    if (text.find_first_of(".e") == std::string::npos) {
        text += ".0";
    }
    return text;
}

std::string factor(double value)
{
    return value == 1 ? std::string() : number(value) + " * ";
}

std::string summand(double value)
{
    return value == 0 ? std::string() : number(value) + " + ";
}

std::string tuple(std::initializer_list<Index> sizes)
{
    return fmt::format("({})", fmt::join(sizes, ", "));
}

Lines comment(const std::vector<std::string>& sentences)
{
    constexpr std::size_t widest = 88;
    Lines lines;
    for (const auto& sentence : sentences) {
        std::string line = "#";
        for (std::string_view rest = sentence; !rest.empty();) {
            const auto end = std::min(rest.find(' '), rest.size());
            if (line.size() + 1 + end > widest) {
                lines.push_back(line);
                line.resize(1);
            }
            line += ' ';
            line += rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        lines.push_back(line);
    }
    return lines;
}

Lines indented(const Lines& lines)
{
    Lines result;
    for (const auto& line : lines) {
        result.push_back(line.empty() ? line : "    " + line);
    }
    return result;
}

std::string text(const Lines& lines)
{
    return fmt::format("{}\n", fmt::join(lines, "\n"));
}

void append(Lines& lines, const Lines& more)
{
    lines.insert(lines.end(), more.begin(), more.end());
}

Lines returning(Lines body, std::string_view name)
{
    const std::string assignment = fmt::format("{} = ", name);
    if (!body.empty() && body.back().starts_with(assignment)) {
        body.back() = "return " + body.back().substr(assignment.size());
    } else {
        body.push_back(fmt::format("return {}", name));
    }
    return body;
}

} // namespace initlens::code
