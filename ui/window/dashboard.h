#pragma once

#include "ui/charts/chart_theme.h"
#include "ui/charts/chart_widget.h"

#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QGridLayout;

namespace initlens::ui {

class ChartCard;
class RunListModel;

/// Four charts with one crosshair and one selected layer; one of them may fill the place.
class Dashboard : public QWidget {
    Q_OBJECT

public:
    Dashboard(RunListModel& runs, QWidget* parent);

    void setTheme(const ChartTheme& theme);
    void setSelectedLayer(int layer);
    /// The charts' keys, left to right, top to bottom; unknown ones are passed over.
    void setChartKeys(const QStringList& keys);
    /// Those that a person has chosen, also while others are lent.
    [[nodiscard]] QStringList chartKeys() const;
    /// Those on screen.
    [[nodiscard]] QStringList shownKeys() const;
    /// Shows these, at most four, in the first places until the next call, which brings back what
    /// was there except where a person has chosen something else meanwhile.
    void lend(const std::vector<const diagnostics::Diagnostic*>& diagnostics);
    void resetCharts();
    void restore();
    [[nodiscard]] bool isMaximized() const { return m_maximized != nullptr; }
    /// What copy and export mean: the maximised chart, or the one that was used last.
    [[nodiscard]] ChartRequest activeRequest() const;

Q_SIGNALS:
    void layerSelected(int layer);
    void exportRequested();

private:
    void addCard(const ChartId& chart);
    void toggleMaximized(ChartCard* card);
    void setCrosshair(std::optional<int> layer);

    RunListModel& m_runs;
    QGridLayout* m_grid;
    std::vector<ChartCard*> m_cards;
    ChartCard* m_maximized = nullptr;
    ChartCard* m_active = nullptr;
    QStringList m_lent; ///< all four, as they were lent; empty where none is
    QStringList m_own;  ///< what was there before
};

} // namespace initlens::ui
