#include "core/teaching/embedded_file.h"
#include "core/teaching/lesson.h"
#include "core/teaching/lesson_link.h"

#include <gtest/gtest.h>

#include <regex>

namespace initlens::teaching {

namespace {

std::vector<std::string> linksIn(const std::string& markdown)
{
    static const std::regex link(R"(\]\(([^)\s]*)\))");
    std::vector<std::string> links;
    for (std::sregex_iterator i(markdown.begin(), markdown.end(), link), end; i != end; ++i) {
        links.push_back((*i)[1]);
    }
    return links;
}

void expectRefused(std::string_view markdown, std::string_view part)
{
    const auto lesson = lessonFromMarkdown(markdown);
    ASSERT_FALSE(lesson) << markdown;
    EXPECT_NE(lesson.error().message().find(part), std::string::npos) << lesson.error().message();
}

void expectLinkRefused(std::string_view link, std::string_view part)
{
    const auto action = parseLessonLink(link);
    ASSERT_FALSE(action) << link;
    EXPECT_NE(action.error().message().find(part), std::string::npos) << action.error().message();
}

} // namespace

TEST(Lessons, EveryFileIsALessonWhoseLinksAllLeadSomewhere)
{
    ASSERT_FALSE(lessonFiles().empty());
    for (const EmbeddedFile& file : lessonFiles()) {
        SCOPED_TRACE(file.name);
        const auto lesson = lessonFromMarkdown(file.contents);
        ASSERT_TRUE(lesson) << lesson.error().message();
        std::size_t links = 0;
        for (const LessonStep& step : lesson->steps) {
            EXPECT_FALSE(step.answer.empty()) << step.title;
            for (const auto& link : linksIn(step.question + step.answer)) {
                const auto action = parseLessonLink(link);
                EXPECT_TRUE(action) << link << ": " << (action ? "" : action.error().message());
                ++links;
            }
        }
        EXPECT_GT(links, 0U) << "nothing to run";
    }
    EXPECT_EQ(lessons().size(), lessonFiles().size());
}

TEST(Lessons, AreTakenApartIntoStepsWithQuestionAndAnswer)
{
    const auto lesson =
        lessonFromMarkdown("# A title \n\n## One\nWhat?\n\n---\n\nThat.\n\nIndeed.\n"
                           "## Two\n### Not a step\nOnly a text");
    ASSERT_TRUE(lesson) << lesson.error().message();
    EXPECT_EQ(lesson->title, "A title");
    ASSERT_EQ(lesson->steps.size(), 2U);
    EXPECT_EQ(lesson->steps[0].title, "One");
    EXPECT_EQ(lesson->steps[0].question, "What?");
    EXPECT_EQ(lesson->steps[0].answer, "That.\n\nIndeed.");
    EXPECT_EQ(lesson->steps[1].question, "### Not a step\nOnly a text");
    EXPECT_EQ(lesson->steps[1].answer, "");
}

TEST(Lessons, ProblemsAreNamed)
{
    expectRefused("", "must begin with a line '# title'");
    expectRefused("A title", "must begin with a line '# title'");
    expectRefused("# ", "must begin with a line '# title'");
    expectRefused("# A", "needs a step");
    expectRefused("# A\ntext", "must follow the title of a step");
    expectRefused("# A\n## B", "step 'B' needs a title and a text");
    expectRefused("# A\n## B\n---\nc", "step 'B' needs");
    expectRefused("# A\n## B\nq\n---\na\n---\nb", "step 'B' has two lines '---'");
}

TEST(LessonLinks, OpenPresetsAndSetFields)
{
    const auto plain = parseLessonLink("run:framework_accuracy");
    ASSERT_TRUE(plain);
    EXPECT_EQ(std::get<OpenPreset>(*plain).preset.id, "framework_accuracy");
    const auto changed =
        parseLessonLink("run:framework_accuracy?depth=30&initializer=scaled_gaussian:sigma_w=2");
    ASSERT_TRUE(changed) << changed.error().message();
    for (const PresetRun& run : std::get<OpenPreset>(*changed).preset.runs) {
        EXPECT_EQ(run.spec.depth, 30);
        EXPECT_EQ(run.spec.initializer.values, std::vector<double>{2});
    }
    const auto set = parseLessonLink("set:depth=30&activation=leaky_relu:slope=0.2");
    ASSERT_TRUE(set);
    const auto& changes = std::get<SetFields>(*set).changes;
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[1].key, "activation");
    EXPECT_EQ(changes[1].text, "leaky_relu:slope=0.2");
}

TEST(LessonLinks, ProblemsAreNamed)
{
    expectLinkRefused("", "run:PRESET or set:KEY=VALUE");
    expectLinkRefused("https://example.org", "run:PRESET or set:KEY=VALUE");
    expectLinkRefused("run:framework", "unknown preset");
    expectLinkRefused("run:framework_accuracy?", "KEY=VALUE");
    expectLinkRefused("run:framework_accuracy?dept=3", "did you mean depth?");
    expectLinkRefused("run:framework_accuracy?depth=0", "depth must be");
    expectLinkRefused("run:framework_accuracy?initializer=looks_linear", "crelu");
    expectLinkRefused("set:depth", "KEY=VALUE, not 'depth'");
    expectLinkRefused("set:depth=3&widht=4", "did you mean width?");
    expectLinkRefused("set:activation=tahn", "did you mean tanh?");
}

} // namespace initlens::teaching
