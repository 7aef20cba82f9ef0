#include "ui/window/session_journal.h"

#include "core/io/session_file.h"
#include "tests/ui/window/fake_run.h"
#include "ui/window/file_actions.h"
#include "ui/window/main_window.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLockFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>

#include <csignal>
#include <memory>
#include <sys/wait.h>
#include <unistd.h>

namespace initlens::ui {

namespace {

class SessionJournalTest : public testing::Test {
protected:
    SessionJournalTest()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
        QSettings().clear();
    }

    std::unique_ptr<MainWindow> start()
    {
        auto window = std::make_unique<MainWindow>(m_fake.function(), test::predictionOf,
                                                   experiment::gainReport);
        window->show();
        window->openExample();
        window->files().keepJournal(place(), std::chrono::milliseconds(5));
        EXPECT_TRUE(rest(*window));
        return window;
    }
    static bool rest(MainWindow& window)
    {
        return test::eventually([&] { return !window.session().activity().running; });
    }
    static QString notice(const MainWindow& window)
    {
        return window.findChild<QLabel*>(QStringLiteral("notice"))->text();
    }
    static bool isAsked(const MainWindow& window)
    {
        return notice(window).contains(QLatin1String("did not end well"));
    }
    [[nodiscard]] QString place() const { return m_directory.filePath(QStringLiteral("sessions")); }
    [[nodiscard]] QStringList journals() const
    {
        return QDir(place()).entryList({QStringLiteral("journal-*.initlens")});
    }
    /// Pins a run and waits until a journal has it.
    void pinAndKeep(MainWindow& window, const QString& name)
    {
        RunListModel& runs = *window.session().runs();
        runs.pinCurrent();
        runs.rename(runs.rowCount() - 1, name);
        ASSERT_TRUE(test::eventually([&] {
            for (const QString& journal : journals()) {
                QFile file(place() + QLatin1Char('/') + journal);
                if (file.open(QIODevice::ReadOnly) && file.readAll().contains(name.toUtf8())) {
                    return true;
                }
            }
            return false;
        }));
    }
    static void click(MainWindow& window, const char* button)
    {
        window.findChild<QToolButton*>(QLatin1String(button))->click();
    }

    QTemporaryDir m_directory;
    test::FakeRun m_fake;
};

} // namespace

TEST_F(SessionJournalTest, offersAfterACrashWhatWasThere)
{
    auto window = start();
    pinAndKeep(*window, QStringLiteral("precious"));
    window.reset(); // without a close event: a crash

    window = start();
    ASSERT_TRUE(test::eventually([&] { return isAsked(*window); }));
    EXPECT_TRUE(notice(*window).contains(QLatin1String("3 run"))) << notice(*window).toStdString();
    click(*window, "acceptNotice");
    EXPECT_FALSE(isAsked(*window));
    ASSERT_EQ(window->session().runs()->rowCount(), 3);
    EXPECT_EQ(window->session().runs()->run(2).name, QStringLiteral("precious"));
    EXPECT_NE(window->session().runs()->record(2), nullptr);
    ASSERT_TRUE(test::eventually([this] { return journals().size() == 1; }))
        << "it is in the new journal now";
    window.reset(); // and crashes again

    window = start();
    ASSERT_TRUE(test::eventually([&] { return isAsked(*window); }));
    click(*window, "declineNotice");
    ASSERT_TRUE(rest(*window));
    window->close();
    window.reset();
    EXPECT_TRUE(journals().isEmpty());
}

TEST_F(SessionJournalTest, asksNothingAfterACleanEndAndBringsBackTheLastSession)
{
    auto window = start();
    EXPECT_FALSE(window->findChild<QAction*>(QStringLiteral("restoreLast"))->isEnabled());
    pinAndKeep(*window, QStringLiteral("kept"));
    window->close();
    window.reset();
    EXPECT_TRUE(journals().isEmpty());

    start()->close(); // looking in takes nothing from it
    window = start();
    EXPECT_FALSE(isAsked(*window));
    auto* last = window->findChild<QAction*>(QStringLiteral("restoreLast"));
    ASSERT_TRUE(last->isEnabled());
    last->trigger();
    ASSERT_TRUE(test::eventually([&] { return window->session().runs()->rowCount() == 3; }));
    EXPECT_EQ(window->session().runs()->run(2).name, QStringLiteral("kept"));
    ASSERT_TRUE(rest(*window));
}

TEST_F(SessionJournalTest, windowsAtTheSameTimeLeaveEachOthersJournalsAlone)
{
    auto first = start();
    pinAndKeep(*first, QStringLiteral("of the first"));
    auto second = start();
    pinAndKeep(*second, QStringLiteral("of the second"));
    EXPECT_EQ(journals().size(), 2);
    EXPECT_FALSE(isAsked(*second));
    second->close();
    second.reset();
    EXPECT_EQ(journals().size(), 1);
    first.reset();
    second = start();
    EXPECT_TRUE(test::eventually([&] { return isAsked(*second); }));
}

TEST_F(SessionJournalTest, takesOverFromAKilledProcess)
{
    QDir().mkpath(place());
    const QString path = place() + QStringLiteral("/journal-1.initlens");
    io::SessionDocument session;
    session.runs = {{.name = "a"}, {.name = "b"}};
    ASSERT_TRUE(io::writeSession(path.toStdString(), session));
    int locked[2] = {};
    ASSERT_EQ(::pipe(locked), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        QLockFile lock(path + QStringLiteral(".lock"));
        const char done = lock.tryLock(0) ? 'y' : 'n';
        if (::write(locked[1], &done, 1) == 1) {
            ::pause();
        }
        ::_exit(1);
    }
    char done = 0;
    ASSERT_EQ(::read(locked[0], &done, 1), 1);
    ASSERT_EQ(done, 'y');
    auto window = start();
    pinAndKeep(*window, QStringLiteral("of the living"));
    EXPECT_FALSE(isAsked(*window)) << "while it lives it keeps its journal";
    window->close();
    window.reset();

    const QString idle = place() + QStringLiteral("/journal-2.initlens.lock");
    ASSERT_TRUE(QFile::copy(path + QStringLiteral(".lock"), idle)); // as of one without a journal
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    ::close(locked[0]);
    ::close(locked[1]);
    window = start();
    EXPECT_TRUE(test::eventually([&] { return isAsked(*window); }));
    EXPECT_FALSE(QFile::exists(idle));
    EXPECT_TRUE(notice(*window).contains(QLatin1String("2 run"))) << notice(*window).toStdString();
}

TEST_F(SessionJournalTest, whatCannotBeReadIsLeftAlone)
{
    QDir().mkpath(place());
    QFile file(place() + QStringLiteral("/journal-1.initlens"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(R"({"initlens_session": "9.0.0", "schema": 9})");
    file.close();
    auto window = start();
    pinAndKeep(*window, QStringLiteral("own"));
    EXPECT_FALSE(isAsked(*window));
    EXPECT_TRUE(file.exists());
}

} // namespace initlens::ui
