#include "ui/window/guide.h"

#include "core/teaching/lesson_link.h"
#include "ui/run/session.h"
#include "ui/window/lesson_panel.h"
#include "ui/window/window_actions.h"

namespace initlens::ui {

namespace {

constexpr int panelWidth = 340;

/// An ampersand would otherwise make a mnemonic of the letter after it.
QString menuText(const std::string& title)
{
    return QString::fromStdString(title).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

Guide::Guide(QMainWindow& window, WindowActions& actions, Session& session)
    : QObject(&window), m_window(window), m_presetMenu(actions.presets),
      m_lessonMenu(actions.lessons), m_session(session), m_panel(new LessonPanel(&window)),
      m_presets(teaching::presets())
{
    m_window.addDockWidget(Qt::RightDockWidgetArea, m_panel);
    m_panel->hide();
    fillPresets();
    fillLessons();
    connect(m_panel, &LessonPanel::linkActivated, this, &Guide::follow);
}

void Guide::fillPresets()
{
    m_presetMenu->setToolTipsVisible(true);
    for (const teaching::Preset& preset : m_presets) {
        auto* action = m_presetMenu->addAction(menuText(preset.title));
        action->setObjectName(QStringLiteral("preset.") + QString::fromStdString(preset.id));
        action->setToolTip(QString::fromStdString(preset.text));
        connect(action, &QAction::triggered, this, [this, &preset] {
            open(preset);
            Q_EMIT presetChosen(preset);
        });
    }
}

void Guide::fillLessons()
{
    int number = 0;
    for (const teaching::Lesson& lesson : teaching::lessons()) {
        auto* action = m_lessonMenu->addAction(menuText(lesson.title));
        action->setObjectName(QStringLiteral("lesson%1").arg(number++));
        connect(action, &QAction::triggered, this, [this, lesson] { openLesson(lesson); });
    }
}

void Guide::openFirstPreset()
{
    open(m_presets.front());
}

void Guide::open(const teaching::Preset& preset)
{
    m_session.open(preset);
    Q_EMIT presetOpened(preset);
}

void Guide::setTheme(const ChartTheme& theme)
{
    m_panel->setTheme(theme);
}

void Guide::openLesson(const teaching::Lesson& lesson)
{
    const bool wasHidden = m_panel->isHidden();
    m_panel->setLesson(lesson);
    m_panel->show();
    if (wasHidden) {
        m_window.resizeDocks({m_panel}, {panelWidth}, Qt::Horizontal);
    }
}

void Guide::follow(const QString& link)
{
    const auto action = teaching::parseLessonLink(link.toStdString());
    if (!action) {
        Q_EMIT failed(QString::fromStdString(action.error().message()));
        return;
    }
    if (const auto* opened = std::get_if<teaching::OpenPreset>(&*action)) {
        open(opened->preset);
        return;
    }
    experiment::RunSpec spec = m_session.spec();
    const auto status = experiment::setFields(spec, std::get<teaching::SetFields>(*action).changes);
    if (status) {
        m_session.replaceSpec(spec);
    } else {
        Q_EMIT failed(QString::fromStdString(status.error().message()));
    }
}

} // namespace initlens::ui
