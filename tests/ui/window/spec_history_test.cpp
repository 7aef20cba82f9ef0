#include "ui/run/spec_history.h"

#include "tests/ui/window/fake_run.h"
#include "ui/run/run_names.h"
#include "ui/run/session.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace initlens::ui {

namespace {

using namespace std::chrono_literals;

experiment::RunSpec deep(std::int64_t depth)
{
    experiment::RunSpec spec;
    spec.depth = depth;
    return spec;
}

struct History {
    SpecHistory history;
    SpecHistory::Clock::time_point now;
    experiment::RunSpec shown;

    void add(const experiment::RunSpec& spec, std::chrono::milliseconds later = 10s)
    {
        now += later;
        shown = spec;
        history.add(spec, now);
    }
    [[nodiscard]] const experiment::RunSpec* previous() const { return history.previous(shown); }
    const SpecHistory::Entry& undo()
    {
        const auto& entry = history.undo(shown);
        shown = entry.spec;
        return entry;
    }
    const SpecHistory::Entry& redo()
    {
        const auto& entry = history.redo();
        shown = entry.spec;
        return entry;
    }
};

} // namespace

TEST(SpecHistory, goesBackAndForth)
{
    History h;
    EXPECT_EQ(h.previous(), nullptr);
    h.add(deep(10));
    EXPECT_EQ(h.previous(), nullptr);
    h.add(deep(20));
    h.add(deep(30));
    EXPECT_EQ(h.undo().spec.depth, 20);
    EXPECT_EQ(h.undo().spec.depth, 10);
    EXPECT_EQ(h.previous(), nullptr);
    EXPECT_EQ(h.redo().spec.depth, 20);
    h.add(deep(40));
    EXPECT_EQ(h.history.next(), nullptr) << "a new change forgets what was undone";
    EXPECT_EQ(h.previous()->depth, 20);
}

TEST(SpecHistory, aDragIsOneStep)
{
    History h;
    h.add(deep(10));
    h.add(deep(11));
    for (const int depth : {12, 13, 14}) {
        h.add(deep(depth), 30ms);
    }
    auto wide = deep(14);
    wide.width = 7;
    h.add(wide, 30ms);
    EXPECT_EQ(h.previous()->depth, 14) << "another field is another step";
    h.undo();
    EXPECT_EQ(h.previous()->depth, 10);
    h.add(deep(15), 30ms);
    EXPECT_EQ(h.previous()->depth, 14) << "after an undo nothing goes on";
}

TEST(SpecHistory, fromSettingsThatCannotRunItLeadsBackToThoseThatDid)
{
    History h;
    h.add(deep(10));
    h.add(deep(20));
    h.shown.depth = 0;
    EXPECT_EQ(h.previous()->depth, 20);
    EXPECT_EQ(h.undo().spec.depth, 20);
    EXPECT_EQ(h.undo().spec.depth, 10);
}

TEST(SpecHistory, theLayerThatIsLookedAtIsNoSetting)
{
    History h;
    h.add(deep(10));
    auto elsewhere = deep(10);
    elsewhere.histogramLayer = 3;
    h.add(elsewhere);
    EXPECT_EQ(h.previous(), nullptr);
}

TEST(SpecHistory, keepsResultsOfFinishedRunsOnly)
{
    History h;
    h.add(deep(10));
    h.history.remember(test::syntheticRecord(deep(10)));
    h.add(deep(20));
    h.history.remember(test::syntheticRecord(deep(30)));
    h.add(deep(30));
    h.history.remember(test::syntheticRecord(deep(30), experiment::Outcome::Cancelled));
    EXPECT_EQ(h.undo().record, nullptr) << "that was another run's";
    EXPECT_NE(h.undo().record, nullptr);
    h.redo();
    EXPECT_EQ(h.redo().record, nullptr);
}

TEST(SpecHistory, forgetsTheResultsThatAreFarWhereTheyTakeTooMuch)
{
    History h;
    const auto large = [](std::int64_t depth) {
        auto record = std::make_shared<experiment::RunRecord>(*test::syntheticRecord(deep(depth)));
        diagnostics::Field field{.id = "gradient_covariance", .positions = {}, .values = {}};
        field.values.resize(std::size_t{12} << 20);
        record->readings = {std::make_shared<const diagnostics::Reading>(std::move(field))};
        return record;
    };
    for (const int depth : {10, 20, 30, 40}) {
        h.add(deep(depth));
        h.history.remember(large(depth));
    }
    EXPECT_NE(h.undo().record, nullptr);
    EXPECT_EQ(h.undo().record, nullptr);
    EXPECT_EQ(h.undo().record, nullptr);
}

TEST(SpecHistory, theSessionShowsWhatItHasWithoutRunningAgain)
{
    test::FakeRun fake;
    Session session(fake.function(), test::predictionOf);
    const auto rest = [&] {
        return test::eventually([&] { return !session.activity().running; });
    };
    const auto& shown = session.runs()->run(RunListModel::currentRow);
    session.undo();
    session.redo();
    session.setSpec(deep(20));
    ASSERT_TRUE(rest());
    const auto first = session.runs()->record(RunListModel::currentRow);
    session.setSpec([] {
        auto spec = deep(20);
        spec.width = 77;
        return spec;
    }());
    ASSERT_TRUE(rest());
    const auto wholeRuns = [&] {
        const auto specs = fake.specs();
        return std::count_if(specs.begin(), specs.end(), [](const auto& spec) {
            return spec.jacobian->scope != spectrum::Scope::Kind::None;
        });
    };
    const auto before = wholeRuns();
    session.undo();
    EXPECT_EQ(session.spec().width, deep(20).width);
    EXPECT_EQ(session.runs()->record(RunListModel::currentRow), first);
    EXPECT_TRUE(shown.outdated.empty());
    ASSERT_TRUE(rest());
    EXPECT_EQ(wholeRuns(), before);
    session.redo();
    EXPECT_EQ(session.spec().width, 77);
    ASSERT_TRUE(rest());
    EXPECT_EQ(wholeRuns(), before);

    fake.hold();
    session.setSpec(deep(30));
    session.undo();
    EXPECT_EQ(shown.spec.width, 77) << "while another run is under way";
    fake.release();
    ASSERT_TRUE(rest());
    EXPECT_EQ(shown.spec.width, 77) << "what was abandoned says nothing any more";
    session.redo();
    ASSERT_TRUE(rest());
    EXPECT_EQ(shown.spec.depth, 30);
    EXPECT_TRUE(shown.finished) << "computed now";
}

TEST(RunNames, sayAllDifferencesInWords)
{
    auto other = deep(100);
    other.activation = Choice<activations::Activation>(
        *findRow(activations::Activation::table(), std::string_view("tanh")));
    EXPECT_EQ(differences(deep(50), other).toStdString(),
              "depth: 50 → 100; activation: relu → tanh");
    EXPECT_EQ(differences(other, other), QString());
}

} // namespace initlens::ui
