#pragma once

#include "ui/charts/chart_theme.h"

#include <QWidget>

class QListView;
class QMenu;
class QModelIndex;
class QPushButton;

namespace initlens::ui {

class RunDelegate;
class RunListModel;

/// The list of runs with what can be done to them. Owns nothing but its controls.
class RunsPanel : public QWidget {
    Q_OBJECT

public:
    RunsPanel(RunListModel& runs, QWidget* parent);

    void setTheme(const ChartTheme& theme);
    [[nodiscard]] int selectedRow() const;

private:
    void addShortcuts();
    void showMenu(const QPoint& position);
    void fitHeight();
    void toggleVisible();
    void rename();
    void removeSelected();

    RunListModel& m_runs;
    QPushButton* m_pin;
    QListView* m_list;
    RunDelegate* m_delegate;
};

} // namespace initlens::ui
