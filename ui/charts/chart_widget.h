#pragma once

#include "ui/charts/chart_export.h"
#include "ui/charts/chart_kind.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/shown_run.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QAbstractButton;

namespace initlens::ui {

struct PlotRanges;

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
    /// Shows the title on this button, which then belongs to the chart.
    void setTitleButton(QAbstractButton* button);
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
    /// The chart is wanted with or without a strip of measured over predicted.
    void stripRequested(bool shown);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    /// What no longer agrees with the screen, each including those before it.
    enum class Stale { Nothing, Readout, Picture, Model };
    struct State;
    std::unique_ptr<State> m_state;

    void addParts();
    void connectMenu();
    void connectMouse();
    void schedule(Stale stale);
    void describe();
    void moveCrosshair(std::optional<int> layer);
    void movePosition(std::optional<double> position);
    void stepLayer(int steps);
    void select(std::optional<int> layer);
    void zoom(const PlotRanges& wish);
    void zoomByKey(double factor);
    /// True when the key meant something.
    bool pressed(int key);
    [[nodiscard]] bool leave();
    void copyPicture() const;
    void copyTable(QChar separator) const;
};

} // namespace initlens::ui
