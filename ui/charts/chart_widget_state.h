#pragma once

#include "ui/charts/chart_header.h"
#include "ui/charts/chart_menu.h"
#include "ui/charts/chart_ranges.h"
#include "ui/charts/chart_scene.h"
#include "ui/charts/chart_widget.h"
#include "ui/charts/plot_canvas.h"
#include "ui/charts/readout_item.h"

#include <memory>
#include <optional>
#include <vector>

namespace initlens::ui {

struct ChartWidget::State {
    ChartId chart;
    std::vector<ShownRun> runs;
    ChartModel model;
    ChartTheme theme = lightChartTheme();
    int selectedLayer = 0;
    std::optional<int> crosshair;
    std::optional<double> position; ///< the same on the axis of a curve of the whole network
    ChartRanges ranges;
    Stale stale = Stale::Model;
    bool scheduled = false;

    ChartMenu* menu = nullptr;
    ChartHeader* header = nullptr;
    PlotCanvas* canvas = nullptr;
    ReadoutItem* readout = nullptr;
    std::unique_ptr<ChartScene> scene;

    [[nodiscard]] bool overDepth() const { return isOverDepth(chart.view); }
};

} // namespace initlens::ui
