#include "core/io/result_file.h"
#include "core/io/session_file.h"
#include "tests/ui/window/fake_run.h"
#include "ui/window/chart_card.h"
#include "ui/window/file_actions.h"
#include "ui/window/main_window.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace initlens::ui {

namespace {

class SessionFilesTest : public testing::Test {
protected:
    SessionFilesTest()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
        QSettings().clear();
        makeWindow();
    }

    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(m_fake.function(), test::predictionOf,
                                                experiment::gainReport);
        m_window->show();
    }
    void openExample()
    {
        m_window->openExample();
        ASSERT_TRUE(rest());
    }
    bool rest()
    {
        return test::eventually([this] { return !session().activity().running; });
    }
    bool says(const char* text)
    {
        return test::eventually(
            [this, text] { return notice().contains(QString::fromUtf8(text)); });
    }
    Session& session() { return m_window->session(); }
    RunListModel& runs() { return *session().runs(); }
    QString notice() { return m_window->findChild<QLabel*>(QStringLiteral("notice"))->text(); }
    QMenu* recent() { return m_window->findChild<QMenu*>(QStringLiteral("recentFiles")); }
    [[nodiscard]] QString path(const QString& name) const { return m_directory.filePath(name); }
    void save(const QString& name)
    {
        m_window->files().saveSession(path(name));
        ASSERT_TRUE(says("Saved")) << notice().toStdString();
    }
    void write(const QString& name, const QByteArray& bytes)
    {
        QFile file(path(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    void drop(const QList<QUrl>& urls)
    {
        QMimeData data;
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton,
                              Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        m_accepted = enter.isAccepted();
        QDropEvent event(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &event);
    }

    QTemporaryDir m_directory;
    test::FakeRun m_fake;
    std::unique_ptr<MainWindow> m_window;
    bool m_accepted = false;
};

} // namespace

TEST_F(SessionFilesTest, aSessionComesBackInAnotherWindow)
{
    openExample();
    auto spec = session().spec();
    spec.depth = 20;
    session().replaceSpec(spec);
    session().selectLayer(7);
    ASSERT_TRUE(rest());
    runs().pinCurrent();
    runs().rename(2, QStringLiteral("twenty & ω"));
    runs().setData(runs().index(1), false, RunListModel::VisibleRole);
    runs().removeRun(1);
    runs().pinCurrent();
    runs().setData(runs().index(1), false, RunListModel::VisibleRole);
    ASSERT_TRUE(rest());
    const auto before = runs().runs();
    save(QStringLiteral("a.initlens"));

    m_window->close();
    makeWindow();
    openExample();
    const auto computed = m_fake.specs().size();
    m_window->files().open(path(QStringLiteral("a.initlens")));
    ASSERT_TRUE(test::eventually([this] { return runs().rowCount() == 3; }))
        << notice().toStdString();
    ASSERT_TRUE(rest());
    EXPECT_EQ(session().spec().depth, 20);
    EXPECT_EQ(session().selectedLayer(), 7);
    for (int row = 0; row < 3; ++row) {
        const ShownRun& run = runs().run(row);
        EXPECT_EQ(run.name, before[static_cast<std::size_t>(row)].name);
        EXPECT_EQ(run.visible, before[static_cast<std::size_t>(row)].visible);
        EXPECT_EQ(run.style, before[static_cast<std::size_t>(row)].style);
        EXPECT_EQ(run.spec, before[static_cast<std::size_t>(row)].spec);
        EXPECT_EQ(run.readings.size(), before[static_cast<std::size_t>(row)].readings.size());
        EXPECT_NE(run.prediction, nullptr);
        EXPECT_NE(runs().record(row), nullptr);
    }
    const auto specs = m_fake.specs();
    for (std::size_t i = computed; i < specs.size(); ++i) {
        EXPECT_EQ(specs[i].depth, 7) << "no more than histograms of the layer is computed again";
    }
    ASSERT_TRUE(m_window->close());
}

TEST_F(SessionFilesTest, whatHadNotFinishedIsComputed)
{
    m_fake.hold();
    m_window->openExample();
    ASSERT_TRUE(test::eventually([this] { return !m_fake.specs().empty(); }));
    save(QStringLiteral("a.initlens"));
    m_fake.release();
    ASSERT_TRUE(rest());
    m_window->files().open(path(QStringLiteral("a.initlens")));
    ASSERT_TRUE(test::eventually([this] {
        return runs().rowCount() == 2 && runs().record(0) != nullptr && runs().record(1) != nullptr;
    }));
    ASSERT_TRUE(rest());
}

TEST_F(SessionFilesTest, theChartsComeBack)
{
    openExample();
    auto* card = m_window->findChild<ChartCard*>(QStringLiteral("card2"));
    const ChartId usual = card->chart();
    const ChartId chosen = *chartOfKey(QStringLiteral("activation_mean"));
    card->setChart(chosen);
    save(QStringLiteral("a.initlens"));
    m_window->findChild<QAction*>(QStringLiteral("resetLayout"))->trigger();
    ASSERT_EQ(card->chart(), usual);
    m_window->files().open(path(QStringLiteral("a.initlens")));
    EXPECT_TRUE(test::eventually([&] { return card->chart() == chosen; }));
    ASSERT_TRUE(rest());
}

TEST_F(SessionFilesTest, newerAndDamagedFilesAreRefusedAndChangeNothing)
{
    openExample();
    save(QStringLiteral("a.initlens"));
    QFile file(path(QStringLiteral("a.initlens")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const int rows = runs().rowCount();

    QByteArray newer = bytes;
    newer.replace(newer.indexOf("\"schema\": 1"), 11, "\"schema\": 9");
    write(QStringLiteral("newer.initlens"), newer);
    m_window->files().open(path(QStringLiteral("newer.initlens")));
    EXPECT_TRUE(says("from a newer InitLens")) << notice().toStdString();

    write(QStringLiteral("cut.initlens"), bytes.left(bytes.size() / 2));
    m_window->files().open(path(QStringLiteral("cut.initlens")));
    EXPECT_TRUE(says("cut.initlens cannot be opened")) << notice().toStdString();
    EXPECT_EQ(runs().rowCount(), rows);
    EXPECT_EQ(recent()->actions().size(), 1) << "only what could be read is remembered";
}

TEST_F(SessionFilesTest, filesAreDroppedOnTheWindow)
{
    openExample();
    const int rows = runs().rowCount();
    write(QStringLiteral("spec.json"), R"({"depth": 13})");
    m_window->files().saveResult(path(QStringLiteral("one.initlens.json")));
    ASSERT_TRUE(says("Saved"));
    save(QStringLiteral("a.initlens"));

    drop({QUrl::fromLocalFile(path(QStringLiteral("spec.json")))});
    EXPECT_TRUE(m_accepted);
    ASSERT_TRUE(test::eventually([this] { return session().spec().depth == 13; }));
    drop({QUrl::fromLocalFile(path(QStringLiteral("one.initlens.json")))});
    ASSERT_TRUE(test::eventually([&] { return runs().rowCount() == rows + 1; }));
    EXPECT_EQ(runs().run(rows).name, QStringLiteral("one"));
    drop({QUrl::fromLocalFile(path(QStringLiteral("a.initlens")))});
    ASSERT_TRUE(test::eventually([&] { return runs().rowCount() == rows; }));
    EXPECT_NE(session().spec().depth, 13);
    ASSERT_TRUE(rest());

    drop({QUrl(QStringLiteral("https://initlens.invalid/a.initlens"))});
    EXPECT_FALSE(m_accepted);
}

TEST_F(SessionFilesTest, remembersTheLastTenFiles)
{
    openExample();
    EXPECT_FALSE(recent()->isEnabled());
    for (int i = 0; i < 12; ++i) {
        const QString name = QStringLiteral("%1.initlens").arg(i);
        m_window->files().saveSession(path(name));
        ASSERT_TRUE(test::eventually([&] { return notice().endsWith(name); }));
    }
    ASSERT_EQ(recent()->actions().size(), 10);
    EXPECT_EQ(recent()->actions().first()->text(), QStringLiteral("11.initlens"));
    QFile::remove(path(QStringLiteral("10.initlens")));
    m_window->close();
    makeWindow();
    ASSERT_EQ(recent()->actions().size(), 9) << "without what is gone";
    EXPECT_EQ(recent()->actions().at(1)->text(), QStringLiteral("9.initlens"));

    recent()->actions().at(1)->trigger();
    ASSERT_TRUE(test::eventually([this] { return runs().rowCount() == 2; }));
    EXPECT_EQ(recent()->actions().first()->text(), QStringLiteral("9.initlens"));
    ASSERT_TRUE(rest());
}

} // namespace initlens::ui
