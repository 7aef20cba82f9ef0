#include "ui/window/own_layer_panel.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <optional>

namespace initlens::ui {

namespace {

class OwnLayerPanelTest : public testing::Test {
protected:
    OwnLayerPanelTest()
    {
        m_panel.resize(280, 240);
        // As ReLU has it: E[phi^2] = E[phi'^2] = 1/2.
        predict({.forward = 2, .backward = 2}, 256, 0.09);
    }
    void predict(const theory::WeightScale& scale, std::int64_t width, double sigmaB2)
    {
        auto prediction = std::make_shared<experiment::Prediction>();
        prediction->weightScale = scale;
        prediction->law.emplace();
        prediction->law->width = width;
        prediction->law->hidden.sigmaB2 = sigmaB2;
        m_panel.setPrediction(prediction);
    }
    QString text(const char* name)
    {
        return m_panel.findChild<QLabel*>(QLatin1String(name))->text();
    }
    NumberBox* box(const char* name) { return m_panel.findChild<NumberBox*>(QLatin1String(name)); }
    QLabel* problem(const char* name)
    {
        return m_panel.findChild<QLabel*>(QLatin1String(name) + QStringLiteral(".problem"));
    }
    void type(const char* name, const QString& text)
    {
        box(name)->selectAll();
        QTest::keyClicks(box(name), text);
        QTest::keyClick(box(name), Qt::Key_Return);
    }
    static QString weights(double variance)
    {
        return QStringLiteral("%1  ± %2")
            .arg(std::sqrt(variance), 0, 'g', 4)
            .arg(std::sqrt(3 * variance), 0, 'g', 4);
    }

    /// Chooses a framework in the menu that the button opens, by keyboard as far as the menu goes.
    void copyAs(const char* framework)
    {
        auto* button = m_panel.findChild<QPushButton*>(QStringLiteral("copyAsCode"));
        auto* action = button->menu()->findChild<QAction*>(QLatin1String(framework));
        ASSERT_NE(action, nullptr) << framework;
        button->menu()->popup({});
        button->menu()->setActiveAction(action);
        QTest::keyClick(button->menu(), Qt::Key_Return);
    }

    std::optional<code::LayerRequest> m_asked;
    Result<std::string> m_answer = std::string("import torch");
    OwnLayerPanel m_panel{[this](const code::LayerRequest& request) {
                              m_asked = request;
                              return m_answer;
                          },
                          nullptr};
};

} // namespace

TEST_F(OwnLayerPanelTest, beginsWithTheNetworksOwnLayer)
{
    EXPECT_FALSE(m_panel.isHidden());
    EXPECT_EQ(box("ownFanIn")->value(), 256);
    EXPECT_EQ(box("ownFanOut")->value(), 256);
    for (const char* name : {"ownForward", "ownBackward", "ownCompromise"}) {
        EXPECT_EQ(text(name), weights(2.0 / 256)) << name;
    }
    EXPECT_EQ(text("ownForward"), "0.08839  ± 0.1531");
    EXPECT_EQ(text("ownBias"), "0.3");
}

TEST_F(OwnLayerPanelTest, answersForAnyFans)
{
    type("ownFanIn", QStringLiteral("100"));
    type("ownFanOut", QStringLiteral("400"));
    EXPECT_EQ(text("ownForward"), weights(2.0 / 100));
    EXPECT_EQ(text("ownBackward"), weights(2.0 / 400));
    EXPECT_EQ(text("ownCompromise"), weights(2.0 / (100 / 2.0 + 400 / 2.0)));
}

TEST_F(OwnLayerPanelTest, keepsTheUsersFansWhenTheNetworkChanges)
{
    predict({.forward = 2, .backward = 2}, 64, 0);
    EXPECT_EQ(box("ownFanIn")->value(), 64);
    type("ownFanIn", QStringLiteral("100"));
    predict({.forward = 1, .backward = 4}, 512, 0);
    EXPECT_EQ(box("ownFanIn")->value(), 100);
    EXPECT_EQ(text("ownForward"), weights(1.0 / 100));
    EXPECT_EQ(text("ownBackward"), weights(4.0 / 64));
}

TEST_F(OwnLayerPanelTest, refusesANumberOutOfRangeBesideTheBox)
{
    type("ownFanIn", QStringLiteral("0"));
    EXPECT_FALSE(problem("ownFanIn")->isHidden());
    EXPECT_EQ(problem("ownFanIn")->text(),
              "fan-in: a whole number from 1 to 1000000000, not \"0\"");
    EXPECT_EQ(box("ownFanIn")->accessibleDescription(), problem("ownFanIn")->text());
    EXPECT_TRUE(problem("ownFanOut")->isHidden());
    EXPECT_EQ(text("ownForward"), "–");
    EXPECT_EQ(text("ownCompromise"), "–");
    EXPECT_EQ(text("ownBackward"), weights(2.0 / 256));

    type("ownFanIn", QStringLiteral("2000000000"));
    EXPECT_TRUE(problem("ownFanIn")->text().contains(QStringLiteral("2000000000")));
    type("ownFanIn", QStringLiteral("50"));
    EXPECT_TRUE(problem("ownFanIn")->isHidden());
    EXPECT_EQ(text("ownForward"), weights(2.0 / 50));
}

TEST_F(OwnLayerPanelTest, refusesWhatIsNoWholeNumberAndKeepsTheLastOne)
{
    for (const char* bad : {"many", "1.5", "-", "1e99"}) {
        type("ownFanOut", QLatin1String(bad));
        EXPECT_FALSE(problem("ownFanOut")->isHidden()) << bad;
        EXPECT_TRUE(problem("ownFanOut")->text().startsWith(QStringLiteral("fan-out: a whole")))
            << problem("ownFanOut")->text().toStdString();
        EXPECT_EQ(text("ownBackward"), weights(2.0 / 256)) << bad;
    }
    type("ownFanOut", QStringLiteral("1e3"));
    EXPECT_TRUE(problem("ownFanOut")->isHidden());
    EXPECT_EQ(text("ownBackward"), weights(2.0 / 1000));
}

TEST_F(OwnLayerPanelTest, aScaleThatDoesNotExistIsADash)
{
    predict({.forward = std::numeric_limits<double>::infinity(), .backward = 2}, 256, 0);
    EXPECT_EQ(text("ownForward"), "–");
    EXPECT_EQ(text("ownBackward"), weights(2.0 / 256));
}

TEST_F(OwnLayerPanelTest, everyFrameworkIsInTheMenuOfTheButton)
{
    m_panel.show();
    QSignalSpy copied(&m_panel, &OwnLayerPanel::copied);
    for (const auto* framework : code::Framework::table()) {
        m_answer = std::string("code for ") + std::string(framework->head.label);
        copyAs(std::string(framework->head.id).c_str());
        ASSERT_TRUE(m_asked);
        EXPECT_EQ(m_asked->framework, framework);
        EXPECT_EQ(QApplication::clipboard()->text().toStdString(), *m_answer);
    }
    ASSERT_EQ(copied.count(), static_cast<int>(code::Framework::table().size()));
    EXPECT_EQ(copied.front().front().toString(), "PyTorch");
}

TEST_F(OwnLayerPanelTest, asksForTheNetworksLayerUntilTheFansAreOnesOwn)
{
    m_panel.show();
    copyAs("pytorch");
    ASSERT_TRUE(m_asked);
    EXPECT_FALSE(m_asked->fanIn || m_asked->fanOut);
    type("ownFanIn", QStringLiteral("784"));
    copyAs("pytorch");
    EXPECT_EQ(m_asked->fanIn, 784);
    EXPECT_EQ(m_asked->fanOut, 256);
}

TEST_F(OwnLayerPanelTest, saysWhyThereIsNoCodeAndLeavesTheClipboard)
{
    m_panel.show();
    QSignalSpy failed(&m_panel, &OwnLayerPanel::failed);
    QApplication::clipboard()->setText(QStringLiteral("before"));
    m_answer = Error("lsuv has no code");
    copyAs("keras");
    ASSERT_EQ(failed.count(), 1);
    EXPECT_EQ(failed.front().front().toString(), "lsuv has no code");
    m_asked.reset();
    type("ownFanIn", QStringLiteral("0"));
    copyAs("keras");
    EXPECT_FALSE(m_asked);
    EXPECT_EQ(failed.count(), 2);
    EXPECT_EQ(QApplication::clipboard()->text(), "before");
}

} // namespace initlens::ui
