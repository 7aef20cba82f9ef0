#pragma once

#include <QDockWidget>

class QAction;
class QMainWindow;
class QVBoxLayout;

namespace initlens::ui {

/// A tool on the right of the window: a scrolled form under a heading with a button that closes it.
class SideDock : public QDockWidget {
    Q_OBJECT

public:
    /// Takes its place, hidden, under an entry of the menu.
    void dockIn(QMainWindow& window, QAction& entry);

protected:
    /// `prefix` begins the object names of the parts.
    SideDock(const QString& title, const QString& prefix, QWidget* parent);

    [[nodiscard]] QWidget* form() const { return m_form; }
    /// Under the heading.
    [[nodiscard]] QVBoxLayout* rows() const { return m_rows; }

private:
    void addHeading(const QString& title, const QString& prefix);

    QWidget* m_form;
    QVBoxLayout* m_rows;
};

} // namespace initlens::ui
