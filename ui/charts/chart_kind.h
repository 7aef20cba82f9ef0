#pragma once

#include "core/diagnostics/diagnostic.h"

#include <QString>

#include <optional>
#include <vector>

namespace initlens::ui {

/// What the horizontal axis is: the layers, or the values at one layer.
enum class ChartView { OverDepth, AtLayer };

struct ChartId {
    const diagnostics::Diagnostic* diagnostic = nullptr;
    ChartView view = ChartView::OverDepth;

    friend bool operator==(const ChartId&, const ChartId&) = default;
};

/// Every chart there is, in the order of the diagnostics' table.
std::vector<ChartId> availableCharts();

/// The four charts of the dashboard, left to right, top to bottom.
std::vector<ChartId> dashboardCharts();

/// A name for settings and object names: "gradient_norm", "jacobian_singular_values_at_layer".
QString chartKey(const ChartId& chart);
std::optional<ChartId> chartOfKey(const QString& key);

/// What menus call the chart.
QString chartLabel(const ChartId& chart);

} // namespace initlens::ui
