#include "ui/charts/chart_menu.h"

namespace initlens::ui {

ChartMenu::ChartMenu(QWidget* parent) : QMenu(parent)
{
    const auto* picture = add("copyPicture", tr("&Copy picture"), QKeySequence::Copy);
    connect(picture, &QAction::triggered, this, &ChartMenu::copyPictureRequested);
    const auto* table = add("copyTable", tr("Copy &table"), {});
    connect(table, &QAction::triggered, this,
            [this] { Q_EMIT copyTableRequested(QLatin1Char('\t')); });
    const auto* csv = add("copyCsv", tr("Copy table as CS&V"), {});
    connect(csv, &QAction::triggered, this,
            [this] { Q_EMIT copyTableRequested(QLatin1Char(',')); });
    m_export = add("exportThis", tr("&Export…"), {});
    connect(m_export, &QAction::triggered, this, &ChartMenu::exportRequested);
    addSeparator();
    m_maximize = add("maximize", {}, Qt::Key_M);
    connect(m_maximize, &QAction::triggered, this, &ChartMenu::maximizeRequested);
    m_resetZoom = add("resetZoom", tr("&Reset zoom"), Qt::Key_Home);
    connect(m_resetZoom, &QAction::triggered, this, &ChartMenu::resetZoomRequested);
    m_strip = add("showRatio", tr("&Show measured / predicted"), {});
    m_strip->setCheckable(true);
    connect(m_strip, &QAction::triggered, this, &ChartMenu::stripRequested);
    setMaximized(false);
    setZoomed(false);
}

QAction* ChartMenu::add(const char* name, const QString& text, const QKeySequence& keys)
{
    auto* action = addAction(text);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(keys);
    // The chart itself listens to the keys; the menu only tells them.
    action->setShortcutContext(Qt::WidgetShortcut);
    return action;
}

void ChartMenu::setExportable(bool exportable)
{
    m_export->setVisible(exportable);
}

void ChartMenu::setMaximizable(bool maximizable)
{
    m_maximize->setVisible(maximizable);
}

void ChartMenu::setMaximized(bool maximized)
{
    m_maximize->setText(maximized ? tr("&Restore") : tr("&Maximize"));
}

void ChartMenu::setStrip(bool possible, bool shown)
{
    m_strip->setVisible(possible);
    m_strip->setChecked(shown);
}

void ChartMenu::setZoomed(bool zoomed)
{
    m_resetZoom->setEnabled(zoomed);
}

} // namespace initlens::ui
