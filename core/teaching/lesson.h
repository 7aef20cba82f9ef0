#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace initlens::teaching {

/// One step of a lesson: something to predict, and what comes out. All texts are Markdown.
struct LessonStep {
    std::string title;
    std::string question;
    std::string answer; ///< empty where there is nothing to predict
};

/// A guided story, shown beside the live window.
struct Lesson {
    std::string title;
    std::vector<LessonStep> steps; ///< at least one
};

/// Reads a lesson: `# title` in the first line, `## title` before each step, and in a step a line
/// `---` between the question and its answer. Links are what lesson_link.h reads; they are not
/// looked at here.
Result<Lesson> lessonFromMarkdown(std::string_view text);

/// The lessons that come with the program, in the order in which people see them.
std::vector<Lesson> lessons();

} // namespace initlens::teaching
