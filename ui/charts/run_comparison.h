#pragma once

#include "ui/charts/chart_model.h"

#include <QString>

namespace initlens::ui {

/// Whether several runs of a chart over depth can be held against the current one, layer by layer.
bool comparesRuns(const ChartModel& model);

/// What the column with the comparison is called: the ratio of quantities that are positive by
/// nature, else the difference.
QString comparisonTitle(const ChartModel& model);

/// A run's value at a layer over that of the current run, or minus it; of singular values the
/// medians. A dash where one of them has no value there.
QString comparisonText(const ChartModel& model, const Series& series, int layer);

} // namespace initlens::ui
