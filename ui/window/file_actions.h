#pragma once

#include "ui/window/result_files.h"

#include <QMainWindow>

#include <chrono>

namespace initlens::ui {

class Dashboard;
class NoticeBar;
class RecentFiles;
class Session;
class SessionJournal;
class WindowActions;

/// The File menu's files: opened and saved, by menu, by name, or dropped on the window.
class FileActions : public QObject {
    Q_OBJECT

public:
    FileActions(QMainWindow& window, WindowActions& actions, Session& session, Dashboard& dashboard,
                NoticeBar& notice);

    /// Opens a session, a result or a spec; which one, the file tells.
    void open(const QString& path);
    void saveResult(const QString& path);
    void saveSession(const QString& path);
    /// Keeps a journal of the window in that directory from now on, and offers what a crash has
    /// left there.
    void keepJournal(const QString& directory, std::chrono::milliseconds shortest);
    /// The program ends well.
    void endJournal();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectFiles();
    void remember(const QString& path);
    [[nodiscard]] io::SessionPointer capture() const;
    void restore(const io::SessionPointer& session);

    QMainWindow& m_window;
    Session& m_session;
    Dashboard& m_dashboard;
    NoticeBar& m_notice;
    ResultFiles m_files;
    RecentFiles* m_recent;
    QAction* m_restoreLast;
    QString m_lastSession;               ///< empty where none is kept
    SessionJournal* m_journal = nullptr; ///< null where none is kept
};

} // namespace initlens::ui
