#include "tests/ui/window/fake_run.h"
#include "ui/run/mailbox.h"

#include <gtest/gtest.h>

#include <thread>

namespace initlens::ui {

TEST(Mailbox, keepsOnlyTheNewestJob)
{
    Mailbox mailbox;
    mailbox.submit({.number = 1, .spec = {}, .execution = {}});
    mailbox.submit({.number = 2, .spec = {}, .execution = {}});
    const auto job = mailbox.take();
    ASSERT_TRUE(job.has_value());
    EXPECT_EQ(job->number, 2U);
}

TEST(Mailbox, keepsTheNewestStateOfEveryReading)
{
    Mailbox mailbox;
    const auto newest = test::syntheticProfile("gradient_norm", 9);
    mailbox.post(1, experiment::Updated{test::syntheticProfile("gradient_norm", 3)});
    mailbox.post(1, experiment::Updated{test::syntheticProfile("activation_mean", 3)});
    mailbox.post(1, experiment::Updated{newest});
    EXPECT_EQ(mailbox.takeReading(1), newest);
    const auto other = mailbox.takeReading(1);
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(diagnostics::readingId(*other), "activation_mean");
    EXPECT_EQ(mailbox.takeReading(1), nullptr);
}

TEST(Mailbox, dropsWhatAnOlderJobSent)
{
    Mailbox mailbox;
    mailbox.post(1, experiment::Started{});
    mailbox.post(1, experiment::Updated{test::syntheticProfile("gradient_norm", 3)});
    EXPECT_FALSE(mailbox.takePlan(2).has_value());
    EXPECT_EQ(mailbox.takeReading(2), nullptr);
    mailbox.post(2, experiment::Started{});
    EXPECT_TRUE(mailbox.takePlan(2).has_value());
    EXPECT_EQ(mailbox.takeReading(1), nullptr);
}

TEST(Mailbox, handsOutThePredictionOnceAndBeforeTheResult)
{
    Mailbox mailbox;
    const auto newest = test::syntheticPrediction({});
    mailbox.post(1, experiment::Predicted{test::syntheticPrediction({})});
    mailbox.post(1, experiment::Predicted{newest});
    mailbox.postResult(1, test::syntheticRecord({}));
    EXPECT_FALSE(mailbox.takeResult(1).has_value());
    EXPECT_EQ(mailbox.takePrediction(2), nullptr);
    EXPECT_EQ(mailbox.takePrediction(1), newest);
    EXPECT_EQ(mailbox.takePrediction(1), nullptr);
    EXPECT_TRUE(mailbox.takeResult(1).has_value());
    mailbox.post(1, experiment::Predicted{newest});
    mailbox.post(2, experiment::Started{});
    EXPECT_EQ(mailbox.takePrediction(2), nullptr);
}

TEST(Mailbox, handsOutTheResultAfterTheReadings)
{
    Mailbox mailbox;
    mailbox.post(1, experiment::Updated{test::syntheticProfile("gradient_norm", 3)});
    mailbox.postResult(1, test::syntheticRecord({}));
    EXPECT_FALSE(mailbox.takeResult(1).has_value());
    EXPECT_NE(mailbox.takeReading(1), nullptr);
    EXPECT_TRUE(mailbox.takeResult(1).has_value());
    EXPECT_FALSE(mailbox.takeResult(1).has_value());
}

TEST(Mailbox, closingWakesTheWorker)
{
    Mailbox mailbox;
    bool gotNothing = false;
    std::thread worker([&] { gotNothing = !mailbox.take().has_value(); });
    mailbox.close();
    worker.join();
    EXPECT_TRUE(gotNothing);
}

} // namespace initlens::ui
