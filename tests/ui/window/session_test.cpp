#include "ui/run/session.h"

#include "core/experiment/prediction.h"
#include "core/experiment/preview.h"
#include "tests/ui/window/fake_run.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include <atomic>
#include <thread>

namespace initlens::ui {

namespace {

struct Fixture {
    test::FakeRun fake;
    Session session{fake.function(), test::predictionOf};
    QSignalSpy finished{&session, &Session::currentFinished};

    bool rest()
    {
        return test::eventually([this] { return !session.activity().running; });
    }
    [[nodiscard]] const ShownRun& run(int row) { return session.runs()->run(row); }
};

experiment::RunSpec deep(std::int64_t depth)
{
    experiment::RunSpec spec;
    spec.depth = depth;
    return spec;
}

int histogramLayer(const ShownRun& run)
{
    for (const auto& [id, reading] : run.readings) {
        if (const auto* histogram = std::get_if<diagnostics::Histogram>(reading.get())) {
            return histogram->layer;
        }
    }
    return -1;
}

} // namespace

TEST(Session, theoryDoesNotWaitForTheRunBefore)
{
    test::FakeRun fake;
    std::atomic<bool> runAnswers{true};
    // A run that neither begins another one nor predicts until it may.
    const RunFunction slow = [&](const experiment::RunSpec& spec, const experiment::Sink& sink,
                                 const Execution& execution,
                                 const experiment::RunOptions& options) {
        while (!runAnswers && spec.depth == 30) {
            std::this_thread::yield();
        }
        return fake.function()(spec, sink, execution, options);
    };
    Session session(slow, test::predictionOf);
    const auto rest = [&] {
        return test::eventually([&] { return !session.activity().running; });
    };
    session.setSpec(deep(20));
    ASSERT_TRUE(rest());
    runAnswers = false;
    session.setSpec(deep(30));
    const auto& run = session.runs()->run(RunListModel::currentRow);
    const auto predictedDepth = [&] {
        return run.prediction->profiles.at("gradient_norm").values.size();
    };
    EXPECT_TRUE(test::eventually([&] { return predictedDepth() == 30; }));
    EXPECT_EQ(run.spec.depth, 20) << "the measurement is still that of the spec before";
    EXPECT_FALSE(run.predictionOutdated);
    runAnswers = true;
    ASSERT_TRUE(rest());
    EXPECT_EQ(run.spec.depth, 30);
    EXPECT_EQ(run.prediction, session.runs()->record(RunListModel::currentRow)->prediction);
}

TEST(Session, aRunThatIsRefusedTakesItsTheoryWithIt)
{
    Fixture f;
    f.session.setSpec(deep(20));
    ASSERT_TRUE(f.rest());
    const auto before = f.run(0).prediction;
    f.fake.failWith(Error("it does not fit"));
    f.session.setSpec(deep(30));
    ASSERT_TRUE(f.rest());
    EXPECT_EQ(f.run(0).prediction, before);
    EXPECT_EQ(f.run(0).spec.depth, 20);
}

TEST(Session, opensWithEveryRunComputed)
{
    Fixture f;
    auto other = deep(20);
    other.seed = 5;
    f.session.open({.id = "two",
                    .title = {},
                    .text = {},
                    .runs = {{"the first", deep(20)}, {"the other", other}}});
    ASSERT_TRUE(f.rest());
    ASSERT_EQ(f.session.runs()->rowCount(), 2);
    EXPECT_EQ(f.run(1).name, "the other");
    for (int row = 0; row < 2; ++row) {
        EXPECT_NE(f.session.runs()->record(row), nullptr) << row;
        EXPECT_GT(f.run(row).readings.size(), 5U) << row;
    }
}

TEST(Session, equalSpecsDoNothing)
{
    Fixture f;
    f.session.setSpec(deep(20));
    ASSERT_TRUE(f.rest());
    const auto runs = f.fake.specs().size();
    f.session.setSpec(deep(20));
    EXPECT_FALSE(f.session.activity().running);
    EXPECT_EQ(f.fake.specs().size(), runs);
}

TEST(Session, anInvalidSpecLeavesTheLastGoodRun)
{
    Fixture f;
    QSignalSpy problems(&f.session, &Session::problemsChanged);
    f.session.setSpec(deep(20));
    ASSERT_TRUE(f.rest());
    const auto readings = f.run(0).readings;
    f.session.setSpec(deep(0));
    EXPECT_FALSE(problems.back().front().value<Error>().empty());
    EXPECT_EQ(f.run(0).readings, readings);
    EXPECT_EQ(f.run(0).spec.depth, 20);
}

TEST(Session, aRefusedRunLeavesTheLastGoodRun)
{
    Fixture f;
    QSignalSpy problems(&f.session, &Session::problemsChanged);
    f.session.setSpec(deep(20));
    ASSERT_TRUE(f.rest());
    f.fake.failWith(Error("the network needs 3 TiB"));
    f.session.setSpec(deep(30));
    ASSERT_TRUE(f.rest());
    EXPECT_EQ(problems.back().front().value<Error>(), Error("the network needs 3 TiB"));
    EXPECT_EQ(f.run(0).spec.depth, 20);
    EXPECT_FALSE(f.run(0).readings.empty());
}

TEST(Session, curvesStayWhileTheNextRunBegins)
{
    Fixture f;
    f.session.setSpec(deep(20));
    ASSERT_TRUE(f.rest());
    std::size_t fewest = f.run(0).readings.size();
    QObject::connect(f.session.runs(), &RunListModel::runChanged,
                     [&](const ShownRun& run) { fewest = std::min(fewest, run.readings.size()); });
    const auto before = fewest;
    f.session.setSpec(deep(30));
    ASSERT_TRUE(f.rest());
    EXPECT_EQ(fewest, before);
}

TEST(Session, thePredictionArrivesBeforeTheRunEnds)
{
    Fixture f;
    f.fake.hold();
    f.session.setSpec(deep(20));
    ASSERT_TRUE(test::eventually([&] { return f.run(0).prediction != nullptr; }));
    EXPECT_EQ(f.run(0).prediction->profiles.at("gradient_norm").values.size(), 20U);
    EXPECT_FALSE(f.run(0).finished);
    f.session.setSpec(deep(30));
    ASSERT_TRUE(test::eventually([&] {
        return !f.run(0).predictionOutdated &&
               f.run(0).prediction->profiles.at("gradient_norm").values.size() == 30;
    }));
    f.fake.release();
    ASSERT_TRUE(f.rest());
    EXPECT_EQ(f.run(0).prediction, f.session.runs()->record(0)->prediction);
}

TEST(Session, aPreviewStandsInUntilTheRunArrives)
{
    Fixture f;
    auto wide = deep(100);
    wide.width = 1000;
    const auto twin = experiment::previewOf(wide);
    ASSERT_TRUE(twin);
    bool seen = false;
    QObject::connect(f.session.runs(), &RunListModel::runChanged, [&](const ShownRun& run) {
        if (!run.previews.empty()) {
            seen = true;
            EXPECT_EQ(run.previewWidth, twin->width);
            EXPECT_EQ(run.previews.count("weight_gradient_norm"), 0U) << "it grows with the width";
        }
    });
    f.fake.hold();
    f.session.setSpec(wide);
    ASSERT_TRUE(test::eventually([&] { return f.run(0).previews.size() > 5; }));
    EXPECT_EQ(f.run(0).previews.count("gradient_norm"), 1U);
    f.session.runs()->pinCurrent();
    EXPECT_TRUE(f.run(1).previews.empty()) << "what is kept is measured";
    f.fake.release();
    ASSERT_TRUE(f.rest());
    EXPECT_TRUE(seen);
    EXPECT_TRUE(f.run(0).previews.empty());
    EXPECT_EQ(f.run(0).spec, wide);
    EXPECT_EQ(f.session.runs()->record(0)->spec, wide);
    const auto previews = std::ssize(f.fake.specs()) - f.fake.predicted();
    EXPECT_EQ(previews, 1) << "what is shown of a preview is measured";
}

TEST(Session, aStopEndsThePreview)
{
    Fixture f;
    auto wide = deep(100);
    wide.width = 1000;
    f.fake.hold();
    f.session.setSpec(wide);
    ASSERT_TRUE(test::eventually([&] { return !f.run(0).previews.empty(); }));
    f.session.stop();
    ASSERT_TRUE(f.rest());
    EXPECT_TRUE(f.run(0).previews.empty());
}

TEST(Session, selectingALayerRunsOnlyTheHistograms)
{
    Fixture f;
    f.session.setSpec(deep(20));
    ASSERT_TRUE(f.rest());
    const auto profile = f.run(0).readings.at("gradient_norm");
    EXPECT_EQ(f.finished.count(), 1);
    f.session.selectLayer(7);
    EXPECT_EQ(f.session.selectedLayer(), 7);
    ASSERT_TRUE(f.rest());
    const auto asked = f.fake.specs().back();
    EXPECT_EQ(asked.histogramLayer, 7);
    EXPECT_EQ(asked.jacobian->scope, spectrum::Scope::Kind::None);
    EXPECT_EQ(histogramLayer(f.run(0)), 7);
    EXPECT_EQ(f.run(0).readings.at("gradient_norm"), profile);
    EXPECT_EQ(f.finished.count(), 1);
}

TEST(Session, theNextEditMeasuresTheSelectedLayerAtOnce)
{
    Fixture f;
    f.session.setSpec(deep(20));
    ASSERT_TRUE(f.rest());
    f.session.selectLayer(7);
    ASSERT_TRUE(f.rest());
    f.session.setSpec(deep(30));
    ASSERT_TRUE(f.rest());
    EXPECT_EQ(f.fake.specs().back().histogramLayer, 7);
    EXPECT_EQ(histogramLayer(f.run(0)), 7);
}

TEST(Session, aShallowerNetworkMovesTheSelection)
{
    Fixture f;
    f.session.setSpec(deep(20));
    f.session.selectLayer(15);
    QSignalSpy selected(&f.session, &Session::layerSelected);
    f.session.setSpec(deep(10));
    ASSERT_EQ(selected.count(), 1);
    EXPECT_EQ(f.session.selectedLayer(), 10);
    ASSERT_TRUE(f.rest());
    EXPECT_EQ(histogramLayer(f.run(0)), 10);
}

TEST(Session, stoppingKeepsThePartialRecord)
{
    Fixture f;
    f.fake.hold();
    f.session.setSpec(deep(20));
    f.session.stop();
    ASSERT_TRUE(f.rest());
    ASSERT_NE(f.session.runs()->record(0), nullptr);
    EXPECT_EQ(f.session.runs()->record(0)->outcome, experiment::Outcome::Cancelled);
}

TEST(Session, anOpenedResultIsShownAsItWasRead)
{
    Fixture f;
    f.session.setSpec(deep(20));
    ASSERT_TRUE(f.rest());
    auto spec = deep(12);
    spec.histogramLayer = 3;
    f.session.addResult(QStringLiteral("from a file"), test::syntheticRecord(spec));
    ASSERT_EQ(f.session.runs()->rowCount(), 2);
    EXPECT_EQ(f.run(1).name, "from a file");
    ASSERT_TRUE(f.rest());
    EXPECT_EQ(f.run(1).spec.depth, 12);
    EXPECT_TRUE(f.run(1).readings.count("gradient_norm") > 0);
}

TEST(Session, tellsWhatIsRunning)
{
    Fixture f;
    f.fake.hold();
    f.session.setSpec(deep(20));
    // The progress may be there before the first reading, which has the words.
    EXPECT_TRUE(test::eventually([&] {
        return f.session.activity().progress > 0 && f.session.activity().text.contains("20");
    })) << f.session.activity().text.toStdString();
    EXPECT_TRUE(f.session.activity().running);
    EXPECT_GE(f.session.activity().secondsLeft, 0);
    f.fake.release();
    ASSERT_TRUE(f.rest());
}

} // namespace initlens::ui
