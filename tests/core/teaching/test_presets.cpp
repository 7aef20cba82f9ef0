#include "core/experiment/needs.h"
#include "core/io/result_file.h"
#include "core/teaching/embedded_file.h"
#include "core/teaching/preset.h"
#include "tests/support/choices.h"

#include <algorithm>

namespace initlens::teaching {

namespace {

void expectRefused(const std::string& json, std::string_view part)
{
    const auto preset = presetFromJson(json);
    ASSERT_FALSE(preset) << json;
    const std::string message = preset.error().message();
    EXPECT_NE(message.find(part), std::string::npos) << part << " is not in: " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

std::string withRuns(const std::string& runs)
{
    return R"({"id": "a", "title": "b", "text": "c", "runs": )" + runs + "}";
}

std::size_t sentencesIn(const std::string& text)
{
    std::size_t count = text.ends_with('.') ? 1 : 0;
    for (auto at = text.find(". "); at != std::string::npos; at = text.find(". ", at + 1)) {
        ++count;
    }
    return count;
}

} // namespace

TEST(Presets, EveryFileIsAPreset)
{
    ASSERT_FALSE(presetFiles().empty());
    for (const EmbeddedFile& file : presetFiles()) {
        SCOPED_TRACE(file.name);
        const auto preset = presetFromJson(file.contents);
        ASSERT_TRUE(preset) << preset.error().message();
        EXPECT_TRUE(testing::isSnakeCase(preset->id));
        EXPECT_EQ(file.name.substr(file.name.find('_') + 1), preset->id);
        EXPECT_EQ(sentencesIn(preset->text), 2U) << preset->text;
        for (const PresetRun& run : preset->runs) {
            EXPECT_TRUE(experiment::validate(run.spec).empty());
            const auto back = io::specFromJson(io::specToJson(run.spec));
            ASSERT_TRUE(back);
            EXPECT_EQ(*back, run.spec);
        }
    }
    EXPECT_EQ(presets().size(), presetFiles().size());
}

TEST(Presets, AreFoundByTheirIds)
{
    std::set<std::string> seen;
    for (const Preset& preset : presets()) {
        EXPECT_TRUE(seen.insert(preset.id).second) << preset.id << " twice";
        const auto found = findPreset(preset.id);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->title, preset.title);
        for (const PresetRun& run : preset.runs) {
            const auto foundRun = findRun(preset, run.name);
            ASSERT_TRUE(foundRun);
            EXPECT_EQ(foundRun->spec, run.spec);
        }
        EXPECT_FALSE(findRun(preset, ""));
    }
    const auto missing = findPreset("framework_acuracy");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().message().find("did you mean framework_accuracy?"),
              std::string::npos);
}

TEST(Presets, TakeChangesInAllTheirRuns)
{
    auto preset = findPreset("framework_accuracy");
    ASSERT_TRUE(preset);
    const std::vector<experiment::FieldText> changes = {{"depth", "7"}, {"width", "9"}};
    ASSERT_TRUE(setFields(*preset, changes));
    std::set<std::string_view> methods;
    for (const PresetRun& run : preset->runs) {
        EXPECT_EQ(run.spec.depth, 7);
        EXPECT_EQ(run.spec.width, 9);
        methods.insert(run.spec.spectrum.id());
    }
    EXPECT_EQ(methods.size(), preset->runs.size()) << "only the method tells the runs apart";
    const std::vector<experiment::FieldText> together = {{"initializer", "looks_linear"}};
    EXPECT_FALSE(setFields(*preset, together)) << "it needs another activation";
}

TEST(Presets, ProblemsAreNamedWithTheirPlace)
{
    expectRefused("", "empty");
    expectRefused("[]", "must be an object");
    expectRefused(R"({"id": "a"})", "title");
    expectRefused(R"({"id": "", "title": "b", "text": "c", "runs": []})", "id: must not be empty");
    expectRefused(R"({"id": 3, "title": "b", "text": "c", "runs": []})", "id: must be a text");
    expectRefused(R"({"id": "a", "titel": "b"})", "did you mean title?");
    expectRefused(withRuns("[]"), "runs: at least one run is needed");
    expectRefused(withRuns("7"), "runs: must be a list");
    expectRefused(withRuns(R"([{"name": "x"}])"), "runs[0]: the key 'spec' is missing");
    expectRefused(withRuns(R"([{"spec": {}}])"), "runs[0]");
    expectRefused(withRuns(R"([{"name": "x", "spec": {"dpeth": 3}}])"), "did you mean depth?");
    expectRefused(withRuns(R"([{"name": "x", "spec": {"depth": 0}}])"), "runs[0].spec.depth");
    expectRefused(withRuns(R"([{"name": "x", "spec": {"depth": 3, "histogram_layer": 4}}])"),
                  "runs[0].spec: histogram_layer");
    expectRefused(withRuns(R"([{"name": "x:y", "spec": {}}])"), "colon");
    expectRefused(withRuns(R"([{"name": "x", "spec": {}}, {"name": "x", "spec": {}}])"),
                  "'x' is given twice");
    const auto withDiagnostics = [](const std::string& list) {
        return R"({"id": "a", "title": "b", "text": "c", "diagnostics": )" + list +
               R"(, "runs": [{"name": "x", "spec": {}}]})";
    };
    expectRefused(withDiagnostics("7"), "diagnostics: must be a list");
    expectRefused(withDiagnostics(R"(["gradient_nrom"])"), "did you mean gradient_norm?");
    expectRefused(withDiagnostics(R"(["gradient_norm", "gradient_norm", "gradient_norm",
                                      "gradient_norm", "gradient_norm"])"),
                  "diagnostics: at most 4");
}

TEST(Presets, ShowOnlyWhatARunOfTheirsMeasures)
{
    for (const Preset& preset : presets()) {
        for (const auto* diagnostic : preset.diagnostics) {
            EXPECT_TRUE(
                std::any_of(preset.runs.begin(), preset.runs.end(),
                            [&](const PresetRun& run) {
                                return experiment::unmetNeed(run.spec, diagnostic->needs).empty();
                            }))
                << preset.id << ": " << diagnostic->head.id;
        }
    }
}

} // namespace initlens::teaching
