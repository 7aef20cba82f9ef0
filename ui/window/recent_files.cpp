#include "ui/window/recent_files.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>

namespace initlens::ui {

namespace {

constexpr qsizetype mostFiles = 10;
const QString settingsKey = QStringLiteral("window/recentFiles");

} // namespace

RecentFiles::RecentFiles(QMenu& menu, QObject* parent) : QObject(parent), m_menu(menu)
{
    m_menu.setToolTipsVisible(true);
    connect(&m_menu, &QMenu::aboutToShow, this, &RecentFiles::fill);
    fill();
}

void RecentFiles::add(const QString& path)
{
    QSettings settings;
    QStringList paths = settings.value(settingsKey).toStringList();
    const QString whole = QFileInfo(path).absoluteFilePath();
    paths.removeAll(whole);
    paths.prepend(whole);
    settings.setValue(settingsKey, paths.mid(0, mostFiles));
    fill();
}

void RecentFiles::fill()
{
    m_menu.clear();
    const QStringList paths = QSettings().value(settingsKey).toStringList();
    for (const QString& path : paths.mid(0, mostFiles)) {
        const QFileInfo file(path);
        if (!file.isFile()) {
            continue;
        }
        // An ampersand would otherwise make a mnemonic of the letter after it.
        auto* action =
            m_menu.addAction(file.fileName().replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setToolTip(QDir::toNativeSeparators(path));
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT chosen(path); });
    }
    m_menu.setEnabled(!m_menu.isEmpty());
}

} // namespace initlens::ui
