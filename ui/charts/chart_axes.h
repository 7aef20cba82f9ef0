#pragma once

#include "ui/charts/chart_model.h"
#include "ui/charts/chart_theme.h"

#include <qcustomplot.h>

#include <QSizeF>
#include <QStringList>

namespace initlens::ui {

/// Gives a plot of that size the axes, the grid and the background of the theme, with as many tick
/// labels as there is room for.
void styleAxes(QCustomPlot& plot, const ChartModel& model, const ChartTheme& theme,
               const QSizeF& size);

/// The notes of the chart, broken into at most three lines for a plot of that size; the last may
/// still be too long.
QStringList noteLines(const ChartModel& model, const ChartTheme& theme, const QSizeF& size);

/// The same for the strip below the plot, which takes over the horizontal axis.
void styleStrip(QCustomPlot& plot, QCPAxisRect& strip, const ChartModel& model,
                const ChartTheme& theme);

/// The same for the colours of a map, beside it.
void styleColourScale(QCPColorScale& scale, const ChartModel& model, const ChartTheme& theme);

} // namespace initlens::ui
