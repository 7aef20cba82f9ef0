#pragma once

#include "ui/window/app_style.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>

namespace initlens::ui {

/// The menus: every action of the window, once, with its shortcut. Who does it is not known here.
class WindowActions : public QObject {
    Q_OBJECT

public:
    explicit WindowActions(QMainWindow& window);

    QAction* openFile = nullptr;
    QMenu* recentFiles = nullptr;   ///< filled by RecentFiles
    QAction* restoreLast = nullptr; ///< the session of last time; enabled where there is one
    QAction* saveSession = nullptr;
    QAction* saveResult = nullptr;
    QAction* exportChart = nullptr;
    QAction* quit = nullptr;
    QAction* undo = nullptr;
    QAction* redo = nullptr;
    QAction* copyChart = nullptr;
    QAction* pinCurrent = nullptr;
    QAction* gainWorkbench = nullptr; ///< checked while the panel is shown
    QAction* fanCalculator = nullptr; ///< likewise
    QAction* resetLayout = nullptr;
    QAction* phaseDiagram = nullptr; ///< checkable
    QAction* runAgain = nullptr;
    QAction* stop = nullptr;
    QAction* redrawSeed = nullptr;
    QAction* networkLine = nullptr;
    QMenu* presets = nullptr; ///< filled by the Guide
    QMenu* lessons = nullptr; ///< likewise
    QAction* shortcuts = nullptr;
    QAction* about = nullptr;

    void setTheme(ThemeChoice choice);
    /// "Ctrl+O", "Open", a row an action that has a shortcut.
    [[nodiscard]] std::vector<std::pair<QString, QString>> shortcutTable() const;

Q_SIGNALS:
    void themeChosen(initlens::ui::ThemeChoice choice);

private:
    QAction* add(QMenu* menu, const char* name, const QString& text, const QKeySequence& key = {});
    void addThemes(QMenu* menu);

    QMainWindow& m_window;
    std::vector<QAction*> m_all;
    std::vector<QAction*> m_themes;
};

} // namespace initlens::ui
