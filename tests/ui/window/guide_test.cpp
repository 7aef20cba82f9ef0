#include "ui/window/guide.h"

#include "core/teaching/lesson_link.h"
#include "tests/ui/window/fake_run.h"
#include "ui/form/number_box.h"
#include "ui/window/chart_card.h"
#include "ui/window/dashboard.h"
#include "ui/window/main_window.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QToolButton>

#include <set>

namespace initlens::ui {

namespace {

/// The targets of the links in a document, in their order.
QStringList linksIn(const QTextDocument& document)
{
    QStringList links;
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const auto format = part.fragment().charFormat();
            if (format.isAnchor()) {
                links << format.anchorHref();
            }
        }
    }
    return links;
}

class GuideTest : public testing::Test {
protected:
    GuideTest()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
        m_window = std::make_unique<MainWindow>(m_fake.function(), test::predictionOf,
                                                experiment::gainReport);
        m_window->show();
        m_window->openExample();
        EXPECT_TRUE(rest());
    }

    bool rest()
    {
        return test::eventually([this] { return !session().activity().running; });
    }
    Session& session() { return m_window->session(); }
    RunListModel& runs() { return *session().runs(); }
    template <class T>
    T* find(const QString& name)
    {
        return m_window->findChild<T*>(name);
    }
    void choose(const QString& preset)
    {
        find<QAction>("preset." + preset)->trigger();
        ASSERT_TRUE(rest());
    }
    void openLesson(int number)
    {
        find<QAction>(QStringLiteral("lesson%1").arg(number))->trigger();
    }
    QTextBrowser& lessonText() { return *find<QTextBrowser>("lessonText"); }
    void goOn() { QTest::mouseClick(find<QPushButton>("lessonNext"), Qt::LeftButton); }
    bool failed() { return find<QWidget>("noticeBar")->property("error").toBool(); }

    QTemporaryDir m_directory;
    test::FakeRun m_fake;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

TEST_F(GuideTest, everyPresetIsOneClickAway)
{
    for (const teaching::Preset& preset : teaching::presets()) {
        choose(QString::fromStdString(preset.id));
        ASSERT_EQ(static_cast<std::size_t>(runs().rowCount()), preset.runs.size()) << preset.id;
        for (int row = 0; row < runs().rowCount(); ++row) {
            const auto& run = preset.runs[static_cast<std::size_t>(row)];
            EXPECT_EQ(runs().run(row).name.toStdString(), run.name);
            EXPECT_EQ(runs().run(row).spec, run.spec);
            EXPECT_NE(runs().record(row), nullptr);
        }
        EXPECT_EQ(find<QLabel>("notice")->text().toStdString(), preset.text);
        EXPECT_EQ(find<NumberBox>("depth.box")->value(), preset.runs.front().spec.depth);
    }
    EXPECT_EQ(find<QToolButton>("presets")->menu()->actions().size(),
              static_cast<qsizetype>(teaching::presets().size()));
}

TEST_F(GuideTest, aPresetLendsTheChartsThatShowIt)
{
    auto& dashboard = *find<Dashboard>("dashboard");
    const auto shown = [&] {
        QStringList keys;
        for (int i = 0; i < 4; ++i) {
            keys << chartKey(find<ChartCard>(QStringLiteral("card%1").arg(i))->chart());
        }
        return keys;
    };
    const QStringList own = shown();
    choose("shattered_line");
    EXPECT_EQ(shown().mid(0, 2), QStringList({"gradient_along_path", "gradient_autocorrelation"}));
    EXPECT_EQ(dashboard.chartKeys(), own) << "what the next start shows";
    choose("spatial_modes");
    EXPECT_EQ(shown(), QStringList({"variance_modes"}) + own.mid(1));
    choose("relu_he_glorot");
    EXPECT_EQ(shown(), own);

    choose("shattered_line");
    find<ChartCard>("card3")->setChart(*chartOfKey("activation_mean"));
    choose("relu_he_glorot");
    EXPECT_EQ(shown(), own.mid(0, 3) + QStringList("activation_mean")) << "a person's choice stays";
}

TEST_F(GuideTest, thePresetsComeFirstWithTab)
{
    QWidget* control = find<QWidget>("specPanel");
    do {
        control = control->nextInFocusChain();
    } while ((control->focusPolicy() & Qt::TabFocus) == 0 || !control->isVisible());
    EXPECT_EQ(control->objectName(), "presets");
}

TEST_F(GuideTest, pinnedRunsOfTheUserStayButAreHidden)
{
    runs().pinCurrent();
    runs().rename(2, "mine");
    choose("framework_accuracy");
    ASSERT_EQ(runs().rowCount(), 4);
    EXPECT_EQ(runs().run(1).name, "mine");
    EXPECT_FALSE(runs().run(1).visible);
    EXPECT_NE(runs().record(1), nullptr);
    for (const int row : {0, 2, 3}) {
        EXPECT_TRUE(runs().run(row).visible) << row;
    }
    // Named by hand, a run is the user's.
    runs().rename(3, "kept");
    choose("relu_he_glorot");
    ASSERT_EQ(runs().rowCount(), 4);
    EXPECT_EQ(runs().run(1).name, "mine");
    EXPECT_EQ(runs().run(2).name, "kept");
    EXPECT_EQ(runs().run(3).name, "glorot_normal");
    std::set<int> styles;
    for (int row = 0; row < runs().rowCount(); ++row) {
        styles.insert(runs().run(row).style);
    }
    EXPECT_EQ(styles.size(), 4U);
}

TEST_F(GuideTest, aPinnedCopyOfThePresetIsTheUsers)
{
    choose("framework_accuracy");
    runs().pinCurrent();
    choose("relu_he_glorot");
    ASSERT_EQ(runs().rowCount(), 3);
    EXPECT_EQ(runs().run(1).name, "exact");
    EXPECT_FALSE(runs().run(1).visible);
}

TEST_F(GuideTest, theNameThatAPresetGaveGoesWithTheFirstChange)
{
    choose("framework_accuracy");
    session().selectLayer(12);
    session().runAgain();
    ASSERT_TRUE(rest());
    EXPECT_EQ(runs().run(0).name, "exact");
    find<NumberBox>("depth.box")->setValue(30);
    ASSERT_TRUE(rest());
    EXPECT_EQ(runs().run(0).name, defaultName(runs().run(0).spec));
}

TEST_F(GuideTest, anotherPresetInTheMiddleOfOneTakesItsPlace)
{
    m_fake.hold();
    find<QAction>("preset.framework_accuracy")->trigger();
    ASSERT_TRUE(test::eventually([this] { return m_fake.specs().size() > 2; }));
    find<QAction>("preset.relu_he_glorot")->trigger();
    m_fake.release();
    ASSERT_TRUE(rest());
    ASSERT_EQ(runs().rowCount(), 2);
    EXPECT_EQ(runs().run(1).name, "glorot_normal");
    EXPECT_NE(runs().record(1), nullptr);
}

TEST_F(GuideTest, aLessonShowsItsStepsOneByOne)
{
    const auto lessons = teaching::lessons();
    auto* panel = find<QDockWidget>("lessonPanel");
    EXPECT_FALSE(panel->isVisible());
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        openLesson(static_cast<int>(i));
        ASSERT_TRUE(panel->isVisible());
        EXPECT_EQ(find<QLabel>("lessonTitle")->text().toStdString(), lessons[i].title);
        EXPECT_FALSE(find<QPushButton>("lessonBack")->isEnabled());
        for (const auto& step : lessons[i].steps) {
            const auto shows = [&](const std::string& text) {
                // A text without marks, which the document would not show.
                return lessonText().toPlainText().contains(
                    QString::fromStdString(text.substr(0, text.find_first_of("*[`\n"))));
            };
            EXPECT_TRUE(shows(step.title));
            EXPECT_TRUE(shows(step.question)) << step.question;
            EXPECT_FALSE(shows(step.answer)) << step.answer;
            goOn();
            EXPECT_TRUE(shows(step.answer)) << step.answer;
            EXPECT_FALSE(lessonText().accessibleName().isEmpty());
            goOn();
        }
        EXPECT_FALSE(panel->isVisible());
    }
}

TEST_F(GuideTest, backShowsTheAnswerThatWasSeen)
{
    openLesson(0);
    const auto lesson = teaching::lessons().front();
    goOn();
    goOn();
    EXPECT_EQ(find<QLabel>("lessonPlace")->text(),
              QStringLiteral("Step 2 of %1").arg(lesson.steps.size()));
    QTest::mouseClick(find<QPushButton>("lessonBack"), Qt::LeftButton);
    EXPECT_EQ(find<QPushButton>("lessonNext")->text(), "Next step");
    EXPECT_TRUE(
        lessonText().toPlainText().contains(QString::fromStdString(lesson.steps.front().title)));
    find<QToolButton>("lessonClose")->click();
    EXPECT_FALSE(find<QDockWidget>("lessonPanel")->isVisible());
}

TEST_F(GuideTest, everyLinkOfEveryLessonDoesWhatItSays)
{
    const auto lessons = teaching::lessons();
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        openLesson(static_cast<int>(i));
        auto* panel = find<QDockWidget>("lessonPanel");
        while (panel->isVisible()) {
            goOn(); // with its answer
            for (const QString& link : linksIn(*lessonText().document())) {
                SCOPED_TRACE(link.toStdString());
                Q_EMIT lessonText().anchorClicked(QUrl(link));
                ASSERT_TRUE(rest());
                EXPECT_FALSE(failed()) << find<QLabel>("notice")->text().toStdString();
                const auto action = teaching::parseLessonLink(link.toStdString());
                ASSERT_TRUE(action);
                if (const auto* open = std::get_if<teaching::OpenPreset>(&*action)) {
                    EXPECT_EQ(runs().run(0).spec, open->preset.runs.front().spec);
                }
            }
            goOn();
        }
    }
}

TEST_F(GuideTest, linksSetFieldsAndSelectLayers)
{
    openLesson(0);
    Q_EMIT lessonText().anchorClicked(QUrl("set:depth=40&activation=leaky_relu:slope=0.25"));
    ASSERT_TRUE(rest());
    EXPECT_EQ(runs().run(0).spec.depth, 40);
    EXPECT_EQ(runs().run(0).spec.activation.values, std::vector<double>{0.25});
    EXPECT_EQ(find<NumberBox>("depth.box")->value(), 40);
    Q_EMIT lessonText().anchorClicked(QUrl("set:histogram_layer=17"));
    ASSERT_TRUE(rest());
    EXPECT_EQ(session().selectedLayer(), 17);
    EXPECT_EQ(find<QLabel>("layerHeading")->text(), "Layer 17");
    EXPECT_FALSE(failed());
    Q_EMIT lessonText().anchorClicked(QUrl("run:nothing"));
    EXPECT_TRUE(failed());
}

TEST_F(GuideTest, linksAreFollowedByTheKeyboard)
{
    openLesson(0);
    EXPECT_EQ(m_window->focusWidget(), &lessonText());
    const QStringList links = linksIn(*lessonText().document());
    ASSERT_FALSE(links.isEmpty());
    QTest::keyClick(&lessonText(), Qt::Key_Tab);
    QTest::keyClick(&lessonText(), Qt::Key_Return);
    ASSERT_TRUE(rest());
    const auto action = teaching::parseLessonLink(links.front().toStdString());
    ASSERT_TRUE(action);
    EXPECT_EQ(runs().run(0).spec, std::get<teaching::OpenPreset>(*action).preset.runs.front().spec);
}

TEST_F(GuideTest, linksHaveTheColourOfTheTheme)
{
    openLesson(0);
    for (const auto choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
        find<QAction>(choice == ThemeChoice::Dark ? "theme2" : "theme1")->trigger();
        int links = 0;
        const auto& document = *lessonText().document();
        for (auto block = document.begin(); block.isValid(); block = block.next()) {
            for (auto part = block.begin(); !part.atEnd(); ++part) {
                const auto format = part.fragment().charFormat();
                if (format.isAnchor()) {
                    EXPECT_EQ(format.foreground().color(), chartTheme(choice).accent);
                    ++links;
                }
            }
        }
        EXPECT_GT(links, 0);
    }
}

} // namespace initlens::ui
