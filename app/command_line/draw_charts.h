#pragma once

#include "app/command_line/chart_flag.h"
#include "core/experiment/run.h"

namespace initlens::app {

/// Whether this program was built with charts.
bool canDrawCharts();

/// Draws one chart of a run into its file; needs no display.
Status drawChart(const ChartOutput& chart, const ChartStyle& style,
                 const experiment::RunRecord& record);

} // namespace initlens::app
