#pragma once

#include "core/diagnostics/diagnostic.h"

#include <QString>

#include <optional>
#include <vector>

namespace initlens::ui {

/// What the horizontal axis is: the layers, the values at one layer, or what the values of the
/// whole network are measured along (a curve) or between (a map). Singular values can be seen in
/// each of the first four ways.
enum class ChartView {
    OverDepth,
    MapOverDepth,
    AtLayer,
    AtLayerLinear,
    AlongPositions,
    BetweenPositions
};

bool isOverDepth(ChartView view);
bool isAtLayer(ChartView view);

/// How a diagnostic of the whole network is seen; nothing for those of layers.
std::optional<ChartView> wholeNetworkView(const diagnostics::Diagnostic& diagnostic);

struct ChartId {
    const diagnostics::Diagnostic* diagnostic = nullptr;
    ChartView view = ChartView::OverDepth;
    bool strip = false; ///< measured over predicted below the plot

    friend bool operator==(const ChartId&, const ChartId&) = default;
};

/// Whether a strip with measured over predicted makes sense.
bool canHaveStrip(const ChartId& chart);
ChartId withStrip(ChartId chart, bool strip);

/// Every chart there is, none with a strip, in the order of the diagnostics' table.
std::vector<ChartId> availableCharts();

/// The four charts of the dashboard, left to right, top to bottom.
std::vector<ChartId> dashboardCharts();

/// A name for settings and object names: "gradient_norm", "jacobian_singular_values_at_layer".
QString chartKey(const ChartId& chart);
std::optional<ChartId> chartOfKey(const QString& key);

/// Of the values; a linear axis shows the numbers themselves.
diagnostics::Scale scaleOf(const ChartId& chart);

/// What menus call the chart.
QString chartLabel(const ChartId& chart);

} // namespace initlens::ui
