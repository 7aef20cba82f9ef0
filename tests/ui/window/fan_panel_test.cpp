#include "ui/window/fan_panel.h"

#include "ui/form/number_box.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QTest>

namespace initlens::ui {

namespace {

class FanPanelTest : public testing::Test {
protected:
    FanPanelTest() { m_panel.show(); }
    template <class T>
    T* find(const char* name)
    {
        return m_panel.findChild<T*>(QLatin1String(name));
    }
    QString text(const char* label) { return find<QLabel>(label)->text(); }
    void choose(const QString& kind)
    {
        auto* combo = find<QComboBox>("fanKind");
        combo->setCurrentIndex(combo->findText(kind));
    }
    void type(const char* box, const QString& number)
    {
        auto* target = find<NumberBox>(box);
        target->selectAll();
        QTest::keyClicks(target, number);
        QTest::keyClick(target, Qt::Key_Return);
    }

    FanPanel m_panel{nullptr};
};

TEST_F(FanPanelTest, ShowsTheFansOfEveryFramework)
{
    EXPECT_EQ(text("fanIn.connections"), "576");
    EXPECT_EQ(text("fanIn.0"), "576");
    EXPECT_EQ(text("fanOut.0"), "1152");
    EXPECT_TRUE(find<QLabel>("fanProblem")->isHidden());
    type("fanGroups", QStringLiteral("4"));
    EXPECT_EQ(text("fanIn.0"), "144");
    EXPECT_EQ(text("fanOut.0"), "1152");
    EXPECT_TRUE(text("fanWeights.0").contains(QStringLiteral("128 × 16 × 3 × 3")));
    EXPECT_FALSE(find<QLabel>("fanDifference.0")->isHidden());
}

TEST_F(FanPanelTest, AsksOnlyForWhatTheLayerHas)
{
    choose(QStringLiteral("Dense"));
    EXPECT_TRUE(find<NumberBox>("fanKernelRows")->parentWidget()->isHidden());
    EXPECT_TRUE(find<NumberBox>("fanGroups")->isHidden());
    EXPECT_EQ(text("fanIn.0"), "64");
    choose(QStringLiteral("Depthwise convolution"));
    EXPECT_FALSE(find<NumberBox>("fanKernelRows")->parentWidget()->isHidden());
    EXPECT_TRUE(find<NumberBox>("fanGroups")->isHidden());
    EXPECT_EQ(text("fanIn.1"), "576"); // Keras counts every channel
}

TEST_F(FanPanelTest, SaysWhatIsWrong)
{
    type("fanGroups", QStringLiteral("3"));
    EXPECT_FALSE(find<QLabel>("fanProblem")->isHidden());
    EXPECT_TRUE(text("fanProblem").contains(QStringLiteral("must divide")));
    EXPECT_FALSE(find<QWidget>("fanResults")->isEnabled());
    type("fanGroups", QStringLiteral("2"));
    EXPECT_TRUE(find<QLabel>("fanProblem")->isHidden());
    EXPECT_TRUE(find<QWidget>("fanResults")->isEnabled());
    choose(QStringLiteral("Transposed convolution"));
    EXPECT_EQ(text("fanIn.1"), "–");
    type("fanIn", QStringLiteral("0"));
    EXPECT_TRUE(text("fanProblem").contains(QStringLiteral("input channels")));
}

} // namespace

} // namespace initlens::ui
