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
    /// A person has chosen a preset; its runs are under way.
    void presetChosen(const initlens::teaching::Preset& preset);
    void failed(const QString& message);

private:
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
