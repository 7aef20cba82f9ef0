#include "ui/window/window_actions.h"

#include <QActionGroup>
#include <QMenuBar>

namespace initlens::ui {

WindowActions::WindowActions(QMainWindow& window) : QObject(&window), m_window(window)
{
    auto* file = window.menuBar()->addMenu(tr("&File"));
    openFile = add(file, "openFile", tr("&Open…"), QKeySequence::Open);
    recentFiles = file->addMenu(tr("Open &recent"));
    recentFiles->setObjectName(QStringLiteral("recentFiles"));
    restoreLast = add(file, "restoreLast", tr("Restore &last session"));
    restoreLast->setEnabled(false);
    file->addSeparator();
    saveSession = add(file, "saveSession", tr("&Save session as…"), QKeySequence::Save);
    saveResult = add(file, "saveResult", tr("Save &result as…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    file->addSeparator();
    exportChart = add(file, "exportChart", tr("&Export chart…"), Qt::CTRL | Qt::Key_E);
    file->addSeparator();
    quit = add(file, "quit", tr("&Quit"), QKeySequence::Quit);

    auto* edit = window.menuBar()->addMenu(tr("&Edit"));
    undo = add(edit, "undo", tr("&Undo"), QKeySequence::Undo);
    redo = add(edit, "redo", tr("&Redo"), QKeySequence::Redo);
    edit->addSeparator();
    copyChart = add(edit, "copyChart", tr("&Copy chart"), Qt::CTRL | Qt::SHIFT | Qt::Key_C);

    auto* view = window.menuBar()->addMenu(tr("&View"));
    addThemes(view->addMenu(tr("&Theme")));
    phaseDiagram = add(view, "phaseDiagram", tr("&Phase diagram"), Qt::CTRL | Qt::Key_M);
    phaseDiagram->setCheckable(true);
    gainWorkbench = add(view, "gainWorkbench", tr("&Gain workbench"), Qt::CTRL | Qt::Key_G);
    gainWorkbench->setCheckable(true);
    fanCalculator = add(view, "fanCalculator", tr("&Fan calculator"), Qt::CTRL | Qt::Key_F);
    fanCalculator->setCheckable(true);
    view->addSeparator();
    resetLayout = add(view, "resetLayout", tr("&Reset layout"));

    auto* run = window.menuBar()->addMenu(tr("&Run"));
    runAgain = add(run, "runAgain", tr("&Run again"), Qt::Key_F5);
    stop = add(run, "stopRun", tr("&Stop"), Qt::Key_Escape);
    run->addSeparator();
    redrawSeed = add(run, "redraw", tr("Re&draw seed"), Qt::CTRL | Qt::Key_R);
    networkLine = add(run, "networkLine", tr("&Network in one line"), Qt::CTRL | Qt::Key_L);
    pinCurrent = add(run, "pin", tr("&Pin current"), Qt::CTRL | Qt::Key_D);

    presets = window.menuBar()->addMenu(tr("&Presets"));
    lessons = window.menuBar()->addMenu(tr("&Lessons"));

    auto* help = window.menuBar()->addMenu(tr("&Help"));
    shortcuts = add(help, "shortcuts", tr("&Keyboard shortcuts"), Qt::Key_F1);
    about = add(help, "about", tr("&About InitLens"));
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

QAction* WindowActions::add(QMenu* menu, const char* name, const QString& text,
                            const QKeySequence& key)
{
    auto* action = menu->addAction(text);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    m_all.push_back(action);
    return action;
}

void WindowActions::addThemes(QMenu* menu)
{
    auto* group = new QActionGroup(this);
    const std::vector<std::pair<ThemeChoice, QString>> choices = {
        {ThemeChoice::System, tr("&System")},
        {ThemeChoice::Light, tr("&Light")},
        {ThemeChoice::Dark, tr("&Dark")},
    };
    for (const auto& [choice, text] : choices) {
        auto* action = menu->addAction(text);
        action->setObjectName(QStringLiteral("theme%1").arg(static_cast<int>(choice)));
        action->setCheckable(true);
        group->addAction(action);
        m_themes.push_back(action);
        connect(action, &QAction::triggered, this,
                [this, chosen = choice] { Q_EMIT themeChosen(chosen); });
    }
}

void WindowActions::setTheme(ThemeChoice choice)
{
    m_themes.at(static_cast<std::size_t>(choice))->setChecked(true);
}

std::vector<std::pair<QString, QString>> WindowActions::shortcutTable() const
{
    std::vector<std::pair<QString, QString>> rows;
    for (const QAction* action : m_all) {
        if (!action->shortcut().isEmpty()) {
            // Behind a colon stands what is just now to be undone.
            rows.emplace_back(action->shortcut().toString(QKeySequence::NativeText),
                              action->text()
                                  .section(QStringLiteral(": "), 0, 0)
                                  .remove(QLatin1Char('&'))
                                  .remove(QChar(0x2026)));
        }
    }
    const std::vector<std::pair<QString, QString>> charts = {
        {tr("←, →"), tr("Cursor of a chart, layer by layer")},
        {tr("Page Up, Page Down"), tr("Cursor of a chart, ten layers at a time")},
        {tr("Enter"), tr("Select the layer under the cursor")},
        {tr("+, −"), tr("Zoom a chart")},
        {tr("Home"), tr("Show all of a chart")},
        {tr("M"), tr("Enlarge a chart, or bring it back")},
        {tr("Arrow keys"), tr("Move the network in the phase diagram; finely with Shift")},
    };
    rows.insert(rows.end(), charts.begin(), charts.end());
    return rows;
}

} // namespace initlens::ui
