#pragma once

#include "ui/charts/chart_model.h"
#include "ui/charts/chart_theme.h"

#include <qcustomplot.h>

#include <QSizeF>

namespace initlens::ui {

/// Gives a plot of that size the axes, the grid and the background of the theme, with as many tick
/// labels as there is room for.
void styleAxes(QCustomPlot& plot, const ChartModel& model, const ChartTheme& theme,
               const QSizeF& size);

/// The same for the strip below the plot, which takes over the horizontal axis.
void styleStrip(QCustomPlot& plot, QCPAxisRect& strip, const ChartModel& model,
                const ChartTheme& theme);

} // namespace initlens::ui
