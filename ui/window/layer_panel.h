#pragma once

#include "ui/charts/chart_theme.h"
#include "ui/charts/shown_run.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QTableView;
class QVBoxLayout;

namespace initlens::ui {

class ChartWidget;
class LayerTableModel;
class RunListModel;

/// The selected layer in figures: one histogram, and every reading of every visible run.
class LayerPanel : public QWidget {
    Q_OBJECT

public:
    LayerPanel(RunListModel& runs, QWidget* parent);

    void setLayer(int layer);
    void setTheme(const ChartTheme& theme);

private:
    void makeTable();
    void showHistogram(int index);
    void scheduleTable();
    void updateTable();

    RunListModel& m_runs;
    QLabel* m_heading;
    QComboBox* m_choice;
    QVBoxLayout* m_chartPlace;
    ChartWidget* m_chart = nullptr;
    QTableView* m_table;
    LayerTableModel* m_model;
    ChartTheme m_theme;
    int m_layer = 1;
    bool m_tableIsStale = false;
};

} // namespace initlens::ui
