#pragma once

#include "core/teaching/lesson.h"
#include "core/teaching/preset.h"
#include "ui/charts/chart_theme.h"

#include <QMainWindow>

#include <vector>

class QMenu;

namespace initlens::ui {

class LessonPanel;
class Session;
class WindowActions;

/// Presets and lessons: their menus, the panel beside the charts, and what its links do.
class Guide : public QObject {
    Q_OBJECT

public:
    Guide(QMainWindow& window, WindowActions& actions, Session& session);

    void openFirstPreset();
    void setTheme(const ChartTheme& theme);

Q_SIGNALS:
    /// The runs of a preset are under way.
    void presetOpened(const initlens::teaching::Preset& preset);
    /// A person has chosen it from the menu.
    void presetChosen(const initlens::teaching::Preset& preset);
    void failed(const QString& message);

private:
    void open(const teaching::Preset& preset);
    void fillPresets();
    void fillLessons();
    void openLesson(const teaching::Lesson& lesson);
    void follow(const QString& link);

    QMainWindow& m_window;
    QMenu* m_presetMenu;
    QMenu* m_lessonMenu;
    Session& m_session;
    LessonPanel* m_panel;
    std::vector<teaching::Preset> m_presets;
};

} // namespace initlens::ui
