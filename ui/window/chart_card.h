#pragma once

#include "ui/charts/chart_widget.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace initlens::ui {

/// One place of the dashboard: a chart, and a menu at its title that puts another in its place.
class ChartCard : public QWidget {
    Q_OBJECT

public:
    ChartCard(const ChartId& chart, QWidget* parent);

    [[nodiscard]] ChartId chart() const { return m_chart->chart(); }
    [[nodiscard]] ChartRequest request() const;
    void setChart(const ChartId& chart);
    void setRuns(const std::vector<ShownRun>& runs);
    void updateRun(const ShownRun& run);
    void setTheme(const ChartTheme& theme);
    void setSelectedLayer(int layer);
    void setCrosshairLayer(std::optional<int> layer) { m_chart->setCrosshairLayer(layer); }
    void setMaximized(bool maximized);

Q_SIGNALS:
    void crosshairMoved(std::optional<int> layer);
    void layerSelected(int layer);
    void maximizeRequested();
    void exportRequested();
    /// The mouse or the focus came here.
    void used();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeChart(const ChartId& chart);
    void makeMenu();

    QVBoxLayout* m_layout;
    ChartWidget* m_chart = nullptr;
    QToolButton* m_switch;
    std::vector<ShownRun> m_runs;
    ChartTheme m_theme;
    int m_selectedLayer = 0;
    bool m_maximized = false;
};

} // namespace initlens::ui
