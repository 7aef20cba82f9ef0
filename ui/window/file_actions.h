#pragma once

#include "ui/window/result_files.h"

#include <QMainWindow>

namespace initlens::ui {

class Dashboard;
class NoticeBar;
class RecentFiles;
class Session;
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

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectFiles();
    [[nodiscard]] io::SessionPointer capture() const;
    void restore(const io::SessionPointer& session);

    QMainWindow& m_window;
    Session& m_session;
    Dashboard& m_dashboard;
    NoticeBar& m_notice;
    ResultFiles m_files;
    RecentFiles* m_recent;
};

} // namespace initlens::ui
