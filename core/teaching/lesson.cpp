#include "core/teaching/lesson.h"

#include "core/teaching/embedded_file.h"

#include <fmt/format.h>

#include <cassert>

namespace initlens::teaching {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos
               ? std::string_view{}
               : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view takeLine(std::string_view& text)
{
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

void trim(std::string& text)
{
    text = std::string(trimmed(text));
}

} // namespace

Result<Lesson> lessonFromMarkdown(std::string_view text)
{
    constexpr std::string_view titleMark = "# ";
    constexpr std::string_view stepMark = "## ";
    Lesson lesson;
    const auto first = takeLine(text);
    if (!first.starts_with(titleMark) || trimmed(first.substr(titleMark.size())).empty()) {
        return Error("a lesson must begin with a line '# title'");
    }
    lesson.title = trimmed(first.substr(titleMark.size()));
    bool answering = false;
    while (!text.empty()) {
        const auto line = takeLine(text);
        if (line.starts_with(stepMark)) {
            answering = false;
            lesson.steps.push_back({.title = std::string(trimmed(line.substr(stepMark.size()))),
                                    .question = {},
                                    .answer = {}});
        } else if (lesson.steps.empty()) {
            if (!trimmed(line).empty()) {
                return Error("a lesson's text must follow the title of a step, '## title'");
            }
        } else if (trimmed(line) == "---") {
            if (answering) {
                return Error(fmt::format("step '{}' has two lines '---'; one parts the question "
                                         "from its answer",
                                         lesson.steps.back().title));
            }
            answering = true;
        } else {
            auto& step = lesson.steps.back();
            (answering ? step.answer : step.question).append(line).append("\n");
        }
    }
    for (LessonStep& step : lesson.steps) {
        trim(step.question);
        trim(step.answer);
        if (step.title.empty() || step.question.empty()) {
            return Error(fmt::format("step '{}' needs a title and a text", step.title));
        }
    }
    if (lesson.steps.empty()) {
        return Error("a lesson needs a step, '## title' and its text");
    }
    return lesson;
}

std::vector<Lesson> lessons()
{
    std::vector<Lesson> all;
    for (const EmbeddedFile& file : lessonFiles()) {
        auto lesson = lessonFromMarkdown(file.contents);
        assert(lesson && "the tests read every file that is embedded");
        if (lesson) {
            all.push_back(*std::move(lesson));
        }
    }
    return all;
}

} // namespace initlens::teaching
