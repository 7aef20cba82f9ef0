#include "ui/window/verdict_panel.h"

#include <gtest/gtest.h>

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace initlens::ui {

namespace {

experiment::RunSpec repairedSpec()
{
    experiment::RunSpec spec;
    spec.depth = 77;
    spec.width = 33;
    spec.seed = 5;
    spec.biasStd = 0.25;
    spec.initializer =
        *parseChoice(initializers::Initializer::table(), "initializer", "orthogonal:gain=1.25");
    return spec;
}

class VerdictPanelTest : public testing::Test {
protected:
    VerdictPanelTest() { m_panel.resize(280, 300); }

    void show(const experiment::Verdict& verdict)
    {
        auto prediction = std::make_shared<experiment::Prediction>();
        prediction->verdict = verdict;
        m_panel.setPrediction(prediction);
    }
    template <class T>
    T* find(const char* name)
    {
        return m_panel.findChild<T*>(QLatin1String(name));
    }
    QString text(const char* name) { return find<QLabel>(name)->text(); }
    QString fate() { return find<QFrame>("verdictCard")->property("fate").toString(); }

    VerdictPanel m_panel{nullptr};
};

} // namespace

TEST_F(VerdictPanelTest, isNotThereBeforeTheFirstPrediction)
{
    EXPECT_TRUE(m_panel.isHidden());
    m_panel.setPrediction(nullptr);
    EXPECT_TRUE(m_panel.isHidden());
}

TEST_F(VerdictPanelTest, saysAGoodVerdictWithoutAButton)
{
    show({.fate = experiment::Fate::Trains,
          .headline = "It trains.",
          .reasons = {"First.", "Second."}});
    EXPECT_FALSE(m_panel.isHidden());
    EXPECT_EQ(fate(), "good");
    EXPECT_EQ(text("verdictHeadline"), "It trains.");
    EXPECT_EQ(text("verdictReasons"), "First.\n\nSecond.");
    EXPECT_TRUE(find<QLabel>("verdictChange")->isHidden());
    EXPECT_TRUE(find<QPushButton>("verdictRepair")->isHidden());
    EXPECT_TRUE(find<QPushButton>("verdictMore")->isHidden());
    EXPECT_EQ(m_panel.accessibleDescription(), "It trains. First. Second.");
}

TEST_F(VerdictPanelTest, theButtonSendsTheWholeRepairedSpec)
{
    const auto spec = repairedSpec();
    QSignalSpy repairs(&m_panel, &VerdictPanel::repairRequested);
    show({.fate = experiment::Fate::Fails,
          .headline = "It fails.",
          .reasons = {"First."},
          .repair = experiment::Repair{.change = "gain 1.25 instead of 1", .spec = spec}});
    EXPECT_EQ(fate(), "bad");
    EXPECT_EQ(text("verdictChange"), "Smallest change: gain 1.25 instead of 1.");
    auto* button = find<QPushButton>("verdictRepair");
    ASSERT_FALSE(button->isHidden());
    QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_EQ(repairs.size(), 1);
    EXPECT_EQ(repairs.front().front().value<experiment::RunSpec>(), spec);

    show({.fate = experiment::Fate::Doubtful, .headline = "Perhaps.", .reasons = {"First."}});
    EXPECT_EQ(fate(), "doubtful");
    EXPECT_TRUE(button->isHidden());
    button->click();
    EXPECT_EQ(repairs.size(), 1);
}

TEST_F(VerdictPanelTest, moreShowsTheOtherReasons)
{
    show({.headline = "Unknown.", .reasons = {"First.", "Second.", "Third."}});
    EXPECT_EQ(fate(), "unknown");
    auto* more = find<QPushButton>("verdictMore");
    ASSERT_FALSE(more->isHidden());
    EXPECT_EQ(text("verdictReasons"), "First.\n\nSecond.");
    EXPECT_EQ(more->text(), "More");
    QTest::mouseClick(more, Qt::LeftButton);
    EXPECT_EQ(text("verdictReasons"), "First.\n\nSecond.\n\nThird.");
    EXPECT_EQ(more->text(), "Less");
    // It stays open when the verdict changes.
    show({.headline = "Unknown.", .reasons = {"A.", "B.", "C.", "D."}});
    EXPECT_EQ(text("verdictReasons"), "A.\n\nB.\n\nC.\n\nD.");
    QTest::mouseClick(more, Qt::LeftButton);
    EXPECT_EQ(text("verdictReasons"), "A.\n\nB.");
}

TEST_F(VerdictPanelTest, staysWhileTheNextIsNotKnown)
{
    show({.fate = experiment::Fate::Trains, .headline = "It trains.", .reasons = {"First."}});
    m_panel.setPrediction(nullptr);
    EXPECT_EQ(text("verdictHeadline"), "It trains.");
    EXPECT_FALSE(m_panel.isHidden());
}

} // namespace initlens::ui
