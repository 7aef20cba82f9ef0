#pragma once

#include "ui/charts/chart_model.h"

#include <QString>
#include <QStringList>

namespace initlens::ui {

/// What a chart must say of the predictions in it: how they are drawn, and why runs have none.
QStringList theoryNotes(const ChartModel& model);

/// What the strip below a plot shows.
QString stripTitle(const ChartModel& model);

/// Whether the box beside the crosshair has a column for theory.
bool hasTheory(const ChartModel& model);

/// What theory expects of a run at a layer: "0.482"; "—" where it says nothing.
QString theoryValue(const Series& series, diagnostics::Scale scale, int layer);

/// "Theory expects 1 at layer 1, 0.5 at layer 50."; empty when it says nothing.
QString theorySummary(const Series& series, diagnostics::Scale scale);

} // namespace initlens::ui
