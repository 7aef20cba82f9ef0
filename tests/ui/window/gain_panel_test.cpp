#include "ui/window/gain_panel.h"

#include "tests/ui/window/fake_run.h"
#include "ui/form/log_slider.h"
#include "ui/form/number_box.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <random>

namespace initlens::ui {

namespace {

class GainPanelTest : public testing::Test {
protected:
    GainPanelTest() : m_panel(experiment::gainReport, nullptr)
    {
        m_panel.show();
        EXPECT_TRUE(test::eventually([this] { return !text("gainForward").isEmpty(); }));
    }
    template <class T>
    T* find(const char* name)
    {
        return m_panel.findChild<T*>(QLatin1String(name));
    }
    QString text(const char* button) { return find<QPushButton>(button)->text(); }
    QLineEdit* formula() { return find<QLineEdit>("gainFormula"); }
    QLabel* problem() { return find<QLabel>("gainProblem"); }
    void type(const QString& text)
    {
        formula()->selectAll();
        QTest::keyClicks(formula(), text);
    }
    bool shows(const QString& gain)
    {
        return test::eventually([&] { return text("gainForward") == gain; });
    }

    GainPanel m_panel;
};

TEST_F(GainPanelTest, ShowsTheGainsOfATypedFormula)
{
    type(QStringLiteral("max(0,x)"));
    EXPECT_TRUE(shows(QStringLiteral("1.4142136")));
    EXPECT_TRUE(problem()->isHidden());
    EXPECT_TRUE(find<QLabel>("gainFixedPoints")->text().contains(QStringLiteral("Every q")));
    EXPECT_TRUE(find<QLabel>("gainLibraryEffect")->text().contains(QStringLiteral("relu")));
    type(QStringLiteral("tanh(x)"));
    EXPECT_TRUE(shows(QStringLiteral("1.5925374")));
    EXPECT_TRUE(find<QLabel>("gainEdge")->text().contains(QStringLiteral("stable")));
}

TEST_F(GainPanelTest, SaysWhatIsWrongAndKeepsTheLastResult)
{
    type(QStringLiteral("max(0,x)"));
    ASSERT_TRUE(shows(QStringLiteral("1.4142136")));
    type(QStringLiteral("x+foo"));
    EXPECT_TRUE(test::eventually(
        [this] { return problem()->text().contains(QStringLiteral("'foo' at character 3")); }));
    EXPECT_FALSE(problem()->isHidden());
    EXPECT_EQ(text("gainForward"), QStringLiteral("1.4142136"));
    EXPECT_FALSE(find<QWidget>("gainResults")->isEnabled());
    formula()->clear();
    EXPECT_TRUE(test::eventually([this] { return problem()->isHidden(); }));
}

TEST_F(GainPanelTest, FollowsTheSliderAndCopies)
{
    type(QStringLiteral("tanh(x)"));
    ASSERT_TRUE(shows(QStringLiteral("1.5925374")));
    find<LogSlider>("gainQSlider")->setSliderPosition(0);
    EXPECT_EQ(find<NumberBox>("gainQ")->value(), 0.01);
    EXPECT_TRUE(shows(QStringLiteral("1.0098708")));
    find<QPushButton>("gainForward")->click();
    EXPECT_EQ(QApplication::clipboard()->text(), text("gainForward"));
}

TEST_F(GainPanelTest, FixedPointsTakeOnesOwnWeights)
{
    type(QStringLiteral("tanh(x)"));
    ASSERT_TRUE(shows(QStringLiteral("1.5925374")));
    EXPECT_NEAR(find<NumberBox>("gainSigmaW")->value(), 1.59254, 1e-5);
    find<NumberBox>("gainSigmaW")->setValue(0.5);
    EXPECT_TRUE(test::eventually([this] {
        return !find<QLabel>("gainFixedPoints")->text().contains(QStringLiteral("unstable"));
    }));
    find<QPushButton>("gainFollowForward")->click();
    EXPECT_TRUE(test::eventually(
        [this] { return std::abs(find<NumberBox>("gainSigmaW")->value() - 1.59254) < 1e-5; }));
}

TEST_F(GainPanelTest, GarbageNeitherCrashesNorHangs)
{
    const QString letters = QStringLiteral("x0123456789.+-*/^()<>=!&|?:,e pisncoxpmaxé√#\\\"'");
    std::mt19937 random(3);
    for (int i = 0; i < 1000; ++i) {
        QString text;
        for (std::size_t n = random() % 30; n > 0; --n) {
            text += letters[static_cast<qsizetype>(random() % letters.size())];
        }
        formula()->setText(text);
        QApplication::processEvents();
    }
    type(QStringLiteral("max(0,x)"));
    EXPECT_TRUE(shows(QStringLiteral("1.4142136")));
}

TEST(GainControllerTest, NewestWinsAndQuittingStops)
{
    std::vector<double> seen;
    GainController controller([](const experiment::GainRequest& request,
                                 const Execution& execution) -> Result<experiment::GainReport> {
        while (request.q == 1 && !execution.stopRequested()) {
            std::this_thread::yield();
        }
        experiment::GainReport report;
        report.request = request;
        return report;
    });
    QObject::connect(&controller, &GainController::reported,
                     [&](const GainReportPointer& report) { seen.push_back(report->request.q); });
    for (const double q : {1.0, 2.0, 3.0, 4.0}) {
        controller.request({.q = q});
    }
    EXPECT_TRUE(test::eventually([&] { return !seen.empty(); }));
    EXPECT_EQ(seen, std::vector<double>{4});
    controller.request({.q = 1}); // runs until the controller goes
}

} // namespace

} // namespace initlens::ui
