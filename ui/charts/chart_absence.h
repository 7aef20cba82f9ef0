#pragma once

#include "ui/charts/chart_model.h"

#include <QString>

#include <vector>

namespace initlens::ui {

/// Why the chart has nothing to show and what helps, a sentence a line; empty when it shows
/// something.
QString absenceText(const ChartModel& model, const std::vector<ShownRun>& runs);

} // namespace initlens::ui
