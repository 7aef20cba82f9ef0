#include "ui/run/run_list_model.h"

#include "tests/ui/window/fake_run.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace initlens::ui {

namespace {

struct Fixture {
    RunListModel model;
    QAbstractItemModelTester tester{&model,
                                    QAbstractItemModelTester::FailureReportingMode::Warning};
    QSignalSpy changed{&model, &RunListModel::runChanged};

    void finishCurrent()
    {
        const auto& current = model.run(RunListModel::currentRow);
        model.setRecord(current.id, test::syntheticRecord(current.spec));
    }
};

} // namespace

TEST(RunListModel, beginsWithTheCurrentRun)
{
    const Fixture f;
    ASSERT_EQ(f.model.rowCount(), 1);
    EXPECT_TRUE(f.model.run(0).current);
    EXPECT_EQ(f.model.record(0), nullptr);
}

TEST(RunListModel, pinningKeepsTheRunAsItIs)
{
    Fixture f;
    f.finishCurrent();
    f.model.pinCurrent();
    experiment::RunSpec other;
    other.seed = 99;
    f.model.setSpec(f.model.run(0).id, other);
    f.model.setReading(f.model.run(0).id, test::syntheticProfile("gradient_norm", 3));
    ASSERT_EQ(f.model.rowCount(), 2);
    EXPECT_FALSE(f.model.run(1).current);
    EXPECT_NE(f.model.run(1).spec, other);
    EXPECT_NE(f.model.run(1).readings.at("gradient_norm"),
              f.model.run(0).readings.at("gradient_norm"));
    EXPECT_NE(f.model.record(1), nullptr);
}

TEST(RunListModel, everyRunHasAStyleAndAnIdOfItsOwn)
{
    Fixture f;
    f.model.pinCurrent();
    f.model.pinCurrent();
    f.model.removeRun(1);
    f.model.pinCurrent();
    EXPECT_NE(f.model.run(1).style, f.model.run(2).style);
    EXPECT_NE(f.model.run(1).style, f.model.run(0).style);
    EXPECT_NE(f.model.run(1).id, f.model.run(2).id);
}

TEST(RunListModel, theCurrentRunCannotBeRemoved)
{
    Fixture f;
    f.model.removeRun(0);
    f.model.removeRun(5);
    EXPECT_EQ(f.model.rowCount(), 1);
}

TEST(RunListModel, renamesAndHides)
{
    Fixture f;
    const auto index = f.model.index(0);
    EXPECT_TRUE(f.model.setData(index, "my run", Qt::EditRole));
    EXPECT_FALSE(f.model.setData(index, "   ", Qt::EditRole));
    EXPECT_TRUE(f.model.setData(index, false, RunListModel::VisibleRole));
    EXPECT_EQ(f.model.run(0).name, "my run");
    EXPECT_FALSE(f.model.run(0).visible);
    EXPECT_EQ(f.changed.count(), 2);
}

TEST(RunListModel, aNameFollowsTheInitializer)
{
    Fixture f;
    auto spec = f.model.run(0).spec;
    const auto table = initializers::Initializer::table();
    spec.initializer = initializers::InitializerChoice(*table.back());
    f.model.setSpec(f.model.run(0).id, spec);
    EXPECT_EQ(f.model.run(0).name, defaultName(spec));
}

TEST(RunListModel, aNameSaysWhatSetsARunApart)
{
    Fixture f;
    f.model.pinCurrent();
    auto spec = f.model.run(0).spec;
    spec.depth = 77;
    f.model.setSpec(f.model.run(0).id, spec);
    EXPECT_EQ(f.model.run(0).name, defaultName(spec) + QStringLiteral(", depth 77"));
    EXPECT_EQ(f.model.run(1).name, defaultName(spec));
    f.model.rename(0, QStringLiteral("mine"));
    spec.depth = 78;
    f.model.setSpec(f.model.run(0).id, spec);
    EXPECT_EQ(f.model.run(0).name, QStringLiteral("mine"));
}

TEST(RunListModel, resultsOfAnEarlierSpecAreNotPinnedWithALaterOne)
{
    Fixture f;
    const int id = f.model.run(0).id;
    f.finishCurrent();
    ASSERT_NE(f.model.record(0), nullptr);
    auto spec = f.model.run(0).spec;
    spec.width += 1;
    f.model.setSpec(id, spec);
    EXPECT_EQ(f.model.record(0), nullptr);
    EXPECT_EQ(f.model.run(0).outdated.size(), f.model.run(0).readings.size());
    const auto fresh = test::syntheticProfile("gradient_norm", 3);
    f.model.setReading(id, fresh);
    EXPECT_EQ(f.model.run(0).outdated.count("gradient_norm"), 0U);
    f.model.pinCurrent();
    EXPECT_EQ(f.model.record(1), nullptr);
    ASSERT_EQ(f.model.run(1).readings.size(), 1U);
    EXPECT_EQ(f.model.run(1).readings.begin()->second, fresh);
    EXPECT_FALSE(f.model.run(1).finished);
}

TEST(RunListModel, aRecordDropsReadingsThatItLacks)
{
    Fixture f;
    const int id = f.model.run(0).id;
    f.model.setReading(id, test::syntheticProfile("not_in_the_record", 3));
    f.finishCurrent();
    EXPECT_EQ(f.model.run(0).readings.count("not_in_the_record"), 0U);
    EXPECT_GT(f.model.run(0).readings.size(), 3U);
}

TEST(RunListModel, aPredictionGoesWithItsSpec)
{
    Fixture f;
    const auto& current = f.model.run(RunListModel::currentRow);
    const auto first = test::syntheticPrediction(current.spec);
    f.model.setPrediction(current.id, current.spec, first);
    EXPECT_EQ(current.prediction, first);
    f.model.pinCurrent();
    EXPECT_EQ(f.model.run(1).prediction, first);
    auto other = f.model.run(0).spec;
    other.depth += 1;
    f.model.setSpec(ShownRun{}.id, other);
    EXPECT_TRUE(f.model.run(0).predictionOutdated);
    EXPECT_FALSE(f.model.run(1).predictionOutdated);
    f.model.pinCurrent();
    EXPECT_EQ(f.model.run(2).prediction, nullptr) << "that of the spec before";
    const auto record = test::syntheticRecord(other);
    f.model.setRecord(ShownRun{}.id, record);
    EXPECT_FALSE(f.model.run(0).predictionOutdated);
    EXPECT_EQ(f.model.run(0).prediction, record->prediction);
}

TEST(RunListModel, aPredictionMayComeBeforeItsRunBegins)
{
    Fixture f;
    const int id = ShownRun{}.id;
    f.finishCurrent();
    const auto ofTheRecord = f.model.run(0).prediction;
    auto next = f.model.run(0).spec;
    next.depth += 1;
    const auto early = test::syntheticPrediction(next);
    f.model.setPrediction(id, next, early);
    EXPECT_EQ(f.model.run(0).prediction, early);
    EXPECT_FALSE(f.model.run(0).predictionOutdated);
    EXPECT_TRUE(f.model.hasPredictionOf(id, next));
    next.histogramLayer = 3;
    EXPECT_TRUE(f.model.hasPredictionOf(id, next)) << "theory knows no histograms";
    f.model.pinCurrent();
    EXPECT_EQ(f.model.run(1).prediction, nullptr) << "that of the next spec";

    f.model.setSpec(id, next);
    EXPECT_EQ(f.model.run(0).prediction, early);
    EXPECT_FALSE(f.model.run(0).predictionOutdated);

    auto refused = next;
    refused.depth += 1;
    f.model.setPrediction(id, refused, test::syntheticPrediction(refused));
    f.model.dropEarlyPrediction(id);
    EXPECT_EQ(f.model.run(0).prediction, nullptr);
    f.finishCurrent();
    f.model.setPrediction(id, refused, test::syntheticPrediction(refused));
    f.model.dropEarlyPrediction(id);
    EXPECT_NE(f.model.run(0).prediction, nullptr);
    EXPECT_EQ(f.model.run(0).prediction, f.model.record(0)->prediction);
    EXPECT_NE(f.model.run(0).prediction, ofTheRecord);
}

TEST(RunListModel, aRunThatWasStoppedEarlyKeepsWhatTheorySays)
{
    Fixture f;
    const auto spec = f.model.run(0).spec;
    const auto prediction = test::syntheticPrediction(spec);
    f.model.setPrediction(ShownRun{}.id, spec, prediction);
    auto record = *test::syntheticRecord(spec, experiment::Outcome::Cancelled);
    record.prediction = nullptr;
    f.model.setRecord(ShownRun{}.id, std::make_shared<const experiment::RunRecord>(record));
    EXPECT_EQ(f.model.run(0).prediction, prediction);
}

TEST(RunListModel, theSameReadingAgainChangesNothing)
{
    Fixture f;
    const auto reading = test::syntheticProfile("gradient_norm", 3);
    f.model.setReading(f.model.run(0).id, reading);
    f.model.setReading(f.model.run(0).id, reading);
    EXPECT_EQ(f.changed.count(), 1);
}

} // namespace initlens::ui
