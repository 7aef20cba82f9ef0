#pragma once

#include "core/teaching/lesson.h"
#include "ui/charts/chart_theme.h"

#include <QDockWidget>

class QLabel;
class QPushButton;
class QTextBrowser;

namespace initlens::ui {

/// A lesson beside the live window, a step at a time: first the question, then its answer.
class LessonPanel : public QDockWidget {
    Q_OBJECT

public:
    explicit LessonPanel(QWidget* parent = nullptr);

    /// Shows the first step.
    void setLesson(const teaching::Lesson& lesson);
    void setTheme(const ChartTheme& theme);

Q_SIGNALS:
    void linkActivated(const QString& link);

private:
    void build();
    void goOn();
    void goBack();
    void showStep(std::size_t step, bool answered);
    void render();
    [[nodiscard]] bool hidesAnswer() const;
    [[nodiscard]] bool isLast() const { return m_step + 1 >= m_lesson.steps.size(); }

    QLabel* m_title;
    QLabel* m_place;
    QTextBrowser* m_text;
    QPushButton* m_back;
    QPushButton* m_next;
    teaching::Lesson m_lesson;
    std::size_t m_step = 0;
    bool m_answered = false;
    ChartTheme m_theme;
};

} // namespace initlens::ui
