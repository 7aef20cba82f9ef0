#include "ui/window/main_window.h"

#include "tests/ui/window/fake_run.h"
#include "ui/charts/chart_widget.h"
#include "ui/form/number_box.h"
#include "ui/window/file_actions.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace initlens::ui {

namespace {

class MainWindowTest : public testing::Test {
protected:
    MainWindowTest()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
        makeWindow();
    }

    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(m_fake.function(), test::predictionOf,
                                                experiment::gainReport);
        m_window->show();
    }
    void open()
    {
        m_window->openExample();
        ASSERT_TRUE(rest());
    }
    bool rest()
    {
        return test::eventually([this] { return !session().activity().running; });
    }
    Session& session() { return m_window->session(); }
    template <class T>
    T* find(const char* name)
    {
        return m_window->findChild<T*>(QLatin1String(name));
    }
    [[nodiscard]] QString path(const char* name) const { return m_directory.filePath(name); }
    QString notice() { return find<QLabel>("notice")->text(); }

    QTemporaryDir m_directory;
    test::FakeRun m_fake;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

TEST_F(MainWindowTest, opensOnTwoFinishedRunsInFourCharts)
{
    open();
    EXPECT_EQ(session().runs()->rowCount(), 2);
    for (const ChartId& chart : dashboardCharts()) {
        auto* widget = find<ChartWidget>(chartKey(chart).toUtf8().constData());
        ASSERT_NE(widget, nullptr) << chartKey(chart).toStdString();
        EXPECT_TRUE(widget->isVisible());
    }
    EXPECT_EQ(find<QLabel>("layerHeading")->text(), "Layer 32");
    EXPECT_GT(find<QTableView>("layerTable")->model()->rowCount(), 5);
    EXPECT_EQ(find<QLabel>("activity")->text(), "Ready");
    EXPECT_TRUE(find<QLabel>("facts")->text().contains("seed"));
}

TEST_F(MainWindowTest, anEditInTheFormRunsAndShows)
{
    open();
    find<NumberBox>("depth.box")->setValue(30);
    ASSERT_TRUE(rest());
    EXPECT_EQ(session().runs()->run(0).spec.depth, 30);
    EXPECT_EQ(find<QLabel>("layerHeading")->text(), "Layer 30");
}

TEST_F(MainWindowTest, undoAndRedoSayWhatTheyChange)
{
    open();
    auto* undo = find<QAction>("undo");
    auto* redo = find<QAction>("redo");
    EXPECT_FALSE(undo->isEnabled());
    find<NumberBox>("depth.box")->setValue(30);
    ASSERT_TRUE(rest());
    EXPECT_EQ(undo->text(), "&Undo: depth: 30 → 50");
    find<NumberBox>("depth.box")->setValue(0);
    EXPECT_EQ(undo->text(), "&Undo: depth: 0 → 30") << "what cannot run is undone first";
    undo->trigger();
    EXPECT_EQ(find<NumberBox>("depth.box")->value(), 30);
    ASSERT_TRUE(rest());
    auto spec = session().spec();
    spec.width = 100;
    spec.batch = 3;
    spec.seed = 9;
    session().replaceSpec(spec);
    ASSERT_TRUE(rest());
    EXPECT_EQ(undo->text(), "&Undo: width: 100 → 256; batch: 3 → 128; …");
    undo->trigger();
    undo->trigger();
    EXPECT_EQ(find<NumberBox>("depth.box")->value(), 50);
    EXPECT_FALSE(undo->isEnabled());
    EXPECT_EQ(undo->text(), "&Undo");
    EXPECT_EQ(redo->text(), "&Redo: depth: 50 → 30");
    redo->trigger();
    EXPECT_EQ(find<NumberBox>("depth.box")->value(), 30);
    ASSERT_TRUE(rest());
}

TEST_F(MainWindowTest, aClickInAChartSelectsTheLayerEverywhere)
{
    open();
    auto* chart = find<ChartWidget>("gradient_norm");
    Q_EMIT chart->layerSelected(11);
    EXPECT_EQ(session().selectedLayer(), 11);
    EXPECT_EQ(find<QLabel>("layerHeading")->text(), "Layer 11");
    ASSERT_TRUE(rest());
}

TEST_F(MainWindowTest, theCrosshairIsTheSameInAllCharts)
{
    open();
    Q_EMIT find<ChartWidget>("gradient_norm")->crosshairMoved(17);
    EXPECT_EQ(find<ChartWidget>("activation_variance")->crosshairLayer(), 17);
    Q_EMIT find<ChartWidget>("gradient_norm")->crosshairMoved(std::nullopt);
    EXPECT_EQ(find<ChartWidget>("activation_variance")->crosshairLayer(), std::nullopt);
}

TEST_F(MainWindowTest, aChartFillsTheDashboardAndGoesBack)
{
    open();
    auto* chart = find<ChartWidget>("gradient_norm");
    auto* other = find<ChartWidget>("activation_variance");
    Q_EMIT chart->maximizeRequested();
    EXPECT_TRUE(chart->isVisible());
    EXPECT_FALSE(other->isVisible());
    Q_EMIT chart->maximizeRequested();
    EXPECT_TRUE(other->isVisible());
}

TEST_F(MainWindowTest, theTitleMenuPutsAnotherChartInItsPlace)
{
    open();
    auto* button = m_window->findChild<QWidget*>("card0")->findChild<QToolButton*>("switchChart");
    QList<QAction*> entries = button->menu()->actions();
    entries.removeIf([](const QAction* action) { return action->isSeparator(); });
    ASSERT_EQ(static_cast<std::size_t>(entries.size()), availableCharts().size());
    for (QAction* action : entries) {
        action->trigger();
        auto* card = m_window->findChild<QWidget*>("card0");
        EXPECT_NE(card->findChild<ChartWidget*>(action->data().toString()), nullptr)
            << action->data().toString().toStdString();
    }
}

TEST_F(MainWindowTest, pinsHidesAndRemovesRuns)
{
    open();
    QTest::mouseClick(find<QPushButton>("pinCurrent"), Qt::LeftButton);
    ASSERT_EQ(session().runs()->rowCount(), 3);
    auto* list = find<QListView>("runList");
    list->setCurrentIndex(list->model()->index(2, 0));
    for (QAction* action : list->actions()) {
        if (action->objectName() == "toggleRun") {
            action->trigger();
            EXPECT_FALSE(session().runs()->run(2).visible);
        }
    }
    find<QAction>("removeRun")->trigger();
    EXPECT_EQ(session().runs()->rowCount(), 2);
}

TEST_F(MainWindowTest, escapeStopsTheRun)
{
    open();
    m_fake.hold();
    find<NumberBox>("depth.box")->setValue(30);
    ASSERT_TRUE(session().activity().running);
    EXPECT_TRUE(find<QPushButton>("stop")->isVisible());
    find<QAction>("stopRun")->trigger();
    ASSERT_TRUE(rest());
    EXPECT_TRUE(find<QLabel>("facts")->text().contains("stopped"));
    EXPECT_FALSE(find<QPushButton>("stop")->isVisible());
}

TEST_F(MainWindowTest, eventsOfTheNetworksAreNoted)
{
    m_fake.addEvent("overflow at layer 43");
    open();
    EXPECT_TRUE(notice().contains("overflow at layer 43")) << notice().toStdString();
    EXPECT_TRUE(find<QWidget>("noticeBar")->isVisible());
    find<QToolButton>("dismissNotice")->click();
    EXPECT_FALSE(find<QWidget>("noticeBar")->isVisible());
}

TEST_F(MainWindowTest, aSavedResultOpensAsARun)
{
    open();
    m_window->files().saveResult(path("result.initlens.json"));
    ASSERT_TRUE(test::eventually([this] { return notice().contains("Saved"); }))
        << notice().toStdString();
    m_window->files().open(path("result.initlens.json"));
    ASSERT_TRUE(test::eventually([this] { return session().runs()->rowCount() == 3; }))
        << notice().toStdString();
    EXPECT_EQ(session().runs()->run(2).name, "result");
    EXPECT_EQ(session().runs()->run(2).spec, session().runs()->run(0).spec);
    ASSERT_TRUE(rest());
}

TEST_F(MainWindowTest, aFileThatCannotBeReadIsExplainedInWords)
{
    m_window->files().open(path("missing.json"));
    ASSERT_TRUE(test::eventually([this] { return notice().contains("cannot be opened"); }));
    EXPECT_EQ(session().runs()->rowCount(), 1);
}

TEST_F(MainWindowTest, theThemeChangesEverythingAtOnce)
{
    open();
    for (const auto choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
        find<QAction>(choice == ThemeChoice::Dark ? "theme2" : "theme1")->trigger();
        EXPECT_EQ(QApplication::palette().color(QPalette::Base), chartTheme(choice).background);
        EXPECT_EQ(find<ChartWidget>("gradient_norm")->request().theme.background,
                  printChartTheme().background);
        EXPECT_TRUE(qApp->styleSheet().contains(chartTheme(choice).page.name()));
        EXPECT_FALSE(qApp->styleSheet().contains(QLatin1String(": @")));
    }
}

TEST_F(MainWindowTest, remembersItsChartsAndTheme)
{
    find<QAction>("theme2")->trigger();
    auto* card = m_window->findChild<QWidget*>("card0");
    card->findChild<QToolButton*>("switchChart")->menu()->actions().last()->trigger();
    const QString key = card->findChild<ChartWidget*>()->objectName();
    m_window->close();
    m_window.reset();
    makeWindow();
    EXPECT_TRUE(find<QAction>("theme2")->isChecked());
    EXPECT_EQ(m_window->findChild<QWidget*>("card0")->findChild<ChartWidget*>()->objectName(), key);
    find<QAction>("theme1")->trigger();
}

TEST_F(MainWindowTest, everyControlHasANameForThoseWhoHearIt)
{
    open();
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        const bool takesFocus = (widget->focusPolicy() & Qt::TabFocus) != 0;
        if (!takesFocus || !widget->isVisible() || widget->inherits("QScrollArea") ||
            widget->focusProxy() != nullptr || widget->inherits("QLineEdit")) {
            continue;
        }
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const QString name = button != nullptr && !button->text().isEmpty()
                                 ? button->text()
                                 : widget->accessibleName();
        EXPECT_FALSE(name.isEmpty())
            << widget->metaObject()->className() << ' ' << widget->objectName().toStdString();
    }
}

TEST_F(MainWindowTest, closesInTheMiddleOfARun)
{
    m_fake.hold();
    m_window->openExample();
    ASSERT_TRUE(test::eventually([this] { return !m_fake.specs().empty(); }));
    m_window->close();
    m_window.reset();
    EXPECT_EQ(m_fake.stopped(), 1);
}

TEST_F(MainWindowTest, theInitializerGoesToTheClipboardAsCode)
{
    open();
    auto* button = find<QPushButton>("copyAsCode");
    ASSERT_NE(button, nullptr);
    ASSERT_TRUE(button->isVisible());
    button->menu()->findChild<QAction*>(QStringLiteral("pytorch"))->trigger();
    const QString code = QApplication::clipboard()->text();
    const QString width = QString::number(session().spec().width);
    EXPECT_TRUE(code.contains(QStringLiteral("nn.Linear(%1, %1)").arg(width)))
        << code.toStdString();
    EXPECT_TRUE(code.contains(QLatin1String("def he_normal(layer):"))) << code.toStdString();
    EXPECT_EQ(notice(), "The code for PyTorch is on the clipboard.");
}

} // namespace initlens::ui
