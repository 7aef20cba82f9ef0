#include "ui/window/agreement_panel.h"

#include "core/experiment/prediction.h"
#include "tests/ui/window/fake_run.h"
#include "ui/run/run_list_model.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QTest>

namespace initlens::ui {

namespace {

class AgreementPanelTest : public testing::Test {
protected:
    AgreementPanelTest() { m_panel.resize(280, 200); }

    void finish(const experiment::RunRecord& record)
    {
        m_runs.setRecord(ShownRun{}.id, std::make_shared<const experiment::RunRecord>(record));
    }
    [[nodiscard]] QLabel* statements() const
    {
        return m_panel.findChild<QLabel*>(QStringLiteral("agreementStatements"));
    }
    [[nodiscard]] QString text() const { return statements()->text(); }

    experiment::RunRecord m_record = *test::syntheticRecord({});
    RunListModel m_runs;
    AgreementPanel m_panel{m_runs, nullptr};
};

} // namespace

TEST_F(AgreementPanelTest, isNotThereBeforeTheFirstRunHasFinished)
{
    EXPECT_TRUE(m_panel.isHidden());
    m_runs.setPrediction(ShownRun{}.id, m_record.spec, m_record.prediction);
    EXPECT_TRUE(m_panel.isHidden());
}

TEST_F(AgreementPanelTest, showsASentenceForEveryComparisonOfTheCurrentRun)
{
    m_record.agreements = {{"gradient_norm", "The first.", 0.1},
                           {"jacobian_singular_values", "The second.", 0.2}};
    finish(m_record);
    EXPECT_FALSE(m_panel.isHidden());
    EXPECT_EQ(text(), "The first.\n\nThe second.");
    EXPECT_TRUE(statements()->isEnabled());

    auto other = m_record;
    other.agreements.front().statement = "Of a pinned run.";
    m_runs.addPinned("pinned", other.spec, std::make_shared<const experiment::RunRecord>(other));
    EXPECT_EQ(text(), "The first.\n\nThe second.");
}

TEST_F(AgreementPanelTest, whatIsOfAnEarlierSpecFadesUntilItsSuccessorComes)
{
    m_record.agreements = {{"gradient_norm", "The first.", 0.1}};
    finish(m_record);
    m_record.spec.depth = 7;
    m_runs.setSpec(ShownRun{}.id, m_record.spec);
    EXPECT_EQ(text(), "The first.");
    EXPECT_FALSE(statements()->isEnabled());
    m_record.agreements.front().statement = "The next.";
    finish(m_record);
    EXPECT_EQ(text(), "The next.");
    EXPECT_TRUE(statements()->isEnabled());
}

TEST_F(AgreementPanelTest, saysWhyThereIsNothingToCompare)
{
    finish(m_record);
    EXPECT_EQ(text(), "Nothing to compare: no layer is both measured and predicted.");

    auto prediction = std::make_shared<experiment::Prediction>();
    prediction->whyNot = "the weights have a mean";
    m_record.prediction = prediction;
    finish(m_record);
    EXPECT_EQ(text(), "No prediction: the weights have a mean.");

    m_record.prediction = nullptr;
    m_record.outcome = experiment::Outcome::Cancelled;
    finish(m_record);
    EXPECT_TRUE(text().contains("stopped before")) << text().toStdString();
}

TEST_F(AgreementPanelTest, itsTextIsHeardAndCanBeCopied)
{
    m_record.agreements = {{"gradient_norm", "The first.", 0.1}};
    finish(m_record);
    EXPECT_EQ(statements()->accessibleName(), "Theory against measurement");
    EXPECT_EQ(statements()->accessibleDescription(), "The first.");
    m_panel.show();
    statements()->setFocus();
    statements()->setSelection(0, 9);
    QTest::keyClick(statements(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), "The first");
}

} // namespace initlens::ui
