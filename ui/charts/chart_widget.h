#pragma once

#include "ui/charts/chart_export.h"
#include "ui/charts/chart_kind.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/shown_run.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace initlens::ui {

/// One chart as a card: a title row and a plot. Setters are cheap; what changed is drawn once, when
/// the event loop comes round, and only while the card can be seen.
class ChartWidget : public QWidget {
    Q_OBJECT

public:
    explicit ChartWidget(const ChartId& chart, QWidget* parent = nullptr);
    ~ChartWidget() override;

    [[nodiscard]] const ChartId& chart() const;
    /// What an export of this chart starts from.
    [[nodiscard]] ChartRequest request() const;
    [[nodiscard]] std::optional<int> crosshairLayer() const;

    void setRuns(const std::vector<ShownRun>& runs);
    /// Replaces the run of the same id, or adds it.
    void updateRun(const ShownRun& run);
    void setTheme(const ChartTheme& theme);
    void setSelectedLayer(int layer);
    void setCrosshairLayer(std::optional<int> layer);
    void setMaximized(bool maximized);
    void resetZoom();
    /// Draws at once what has changed, as the event loop would a little later.
    void refresh();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void crosshairMoved(std::optional<int> layer);
    void layerSelected(int layer);
    void maximizeRequested();
    void exportRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct State;
    std::unique_ptr<State> m_state;

    void scheduleRefresh();
    void describe();
    void moveCrosshair(std::optional<int> layer);
    void copyTable(QChar separator);
};

} // namespace initlens::ui
