#include "tests/ui/window/fake_run.h"
#include "ui/run/run_controller.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace initlens::ui {

namespace {

experiment::RunSpec withSeed(std::int64_t seed)
{
    experiment::RunSpec spec;
    spec.seed = seed;
    return spec;
}

/// What a controller says, in order.
struct Log {
    explicit Log(const RunController& controller)
    {
        QObject::connect(&controller, &RunController::runStarted,
                         [this](const experiment::RunSpec& spec, const experiment::Plan&) {
                             lines.push_back("started " + std::to_string(spec.seed));
                         });
        QObject::connect(&controller, &RunController::readingChanged, [this](const auto& reading) {
            readings.push_back(reading);
            if (lines.empty() || lines.back() != "readings") {
                lines.emplace_back("readings");
            }
        });
        QObject::connect(&controller, &RunController::runFinished, [this](const auto& record) {
            lines.push_back("finished " + std::to_string(record->spec.seed));
        });
        QObject::connect(&controller, &RunController::runFailed, [this](const Error& error) {
            lines.push_back("failed " + error.message());
        });
    }
    std::vector<std::string> lines;
    std::vector<diagnostics::ReadingPointer> readings;
};

using Lines = std::vector<std::string>;

} // namespace

TEST(RunController, tellsStartReadingsAndEndInOrder)
{
    test::FakeRun fake;
    RunController controller(fake.function());
    const Log log(controller);
    controller.start(withSeed(7));
    EXPECT_TRUE(controller.isRunning());
    ASSERT_TRUE(test::eventually([&] { return !controller.isRunning(); }));
    EXPECT_EQ(log.lines, (Lines{"started 7", "readings", "finished 7"}));
}

TEST(RunController, aNewerRunReplacesTheOlderOne)
{
    test::FakeRun fake;
    fake.hold();
    RunController controller(fake.function());
    const Log log(controller);
    controller.start(withSeed(1));
    ASSERT_TRUE(test::eventually([&] { return log.lines.size() == 2; }));
    controller.start(withSeed(2));
    controller.start(withSeed(3));
    ASSERT_TRUE(test::eventually([&] { return fake.specs().size() == 2; }));
    fake.release();
    ASSERT_TRUE(test::eventually([&] { return !controller.isRunning(); }));
    EXPECT_EQ(fake.stopped(), 1);
    EXPECT_EQ(fake.specs().back().seed, 3);
    EXPECT_EQ(log.lines, (Lines{"started 1", "readings", "started 3", "readings", "finished 3"}));
}

TEST(RunController, manyUpdatesBetweenTwoTicksBecomeOne)
{
    const auto last = test::syntheticProfile("gradient_norm", 1000);
    RunController controller(
        [&](const experiment::RunSpec& spec, const experiment::Sink& sink, const Execution&,
            const experiment::RunOptions& options) -> Result<experiment::RecordPointer> {
            EXPECT_TRUE(options.background);
            for (int layers = 1; layers < 1000; ++layers) {
                sink(experiment::Updated{test::syntheticProfile("gradient_norm", layers)});
            }
            sink(experiment::Updated{last});
            return test::syntheticRecord(spec);
        });
    const Log log(controller);
    controller.start(withSeed(1));
    ASSERT_TRUE(test::eventually([&] { return !controller.isRunning(); }));
    ASSERT_FALSE(log.readings.empty());
    EXPECT_LT(log.readings.size(), 1000U);
    EXPECT_EQ(log.readings.back(), last);
}

TEST(RunController, stoppingEndsWithWhatThereIs)
{
    test::FakeRun fake;
    fake.hold();
    RunController controller(fake.function());
    experiment::Outcome outcome = experiment::Outcome::Finished;
    QObject::connect(&controller, &RunController::runFinished,
                     [&](const auto& record) { outcome = record->outcome; });
    controller.start(withSeed(1));
    controller.stop();
    ASSERT_TRUE(test::eventually([&] { return !controller.isRunning(); }));
    EXPECT_EQ(outcome, experiment::Outcome::Cancelled);
}

TEST(RunController, anAbandonedRunSaysNothingMore)
{
    test::FakeRun fake;
    fake.hold();
    RunController controller(fake.function());
    const Log log(controller);
    controller.start(withSeed(1));
    controller.abandon();
    EXPECT_FALSE(controller.isRunning());
    fake.release();
    controller.start(withSeed(2));
    ASSERT_TRUE(test::eventually([&] { return !controller.isRunning(); }));
    EXPECT_EQ(log.lines, (Lines{"started 2", "readings", "finished 2"}));
}

TEST(RunController, aFailureCarriesItsProblems)
{
    test::FakeRun fake;
    fake.failWith(Error("depth must be at least 1"));
    RunController controller(fake.function());
    const Log log(controller);
    controller.start(withSeed(1));
    ASSERT_TRUE(test::eventually([&] { return !controller.isRunning(); }));
    EXPECT_EQ(log.lines, Lines{"failed depth must be at least 1"});
}

TEST(RunController, goesAwayInTheMiddleOfARun)
{
    test::FakeRun fake;
    fake.hold();
    {
        RunController controller(fake.function());
        controller.start(withSeed(1));
        ASSERT_TRUE(test::eventually([&] { return !fake.specs().empty(); }));
    }
    EXPECT_EQ(fake.stopped(), 1);
}

} // namespace initlens::ui
