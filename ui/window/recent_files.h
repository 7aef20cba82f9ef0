#pragma once

#include <QObject>

class QMenu;

namespace initlens::ui {

/// The files that were opened or saved last, newest first, in a menu and in the settings. At most
/// ten; those that are no longer there are left out.
class RecentFiles : public QObject {
    Q_OBJECT

public:
    RecentFiles(QMenu& menu, QObject* parent);

    void add(const QString& path);

Q_SIGNALS:
    void chosen(const QString& path);

private:
    void fill();

    QMenu& m_menu;
};

} // namespace initlens::ui
