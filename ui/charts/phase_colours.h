#pragma once

#include "core/theory/phase_diagram.h"
#include "ui/charts/chart_theme.h"

#include <qcustomplot.h>

namespace initlens::ui {

/// What the colours of a phase diagram say.
enum class PhaseColouring {
    Slope, ///< chi_1: blue below 1, red above
    Depth, ///< the depth scale 1 / |ln chi_1|
};

/// Where a point stands on the colour scale: log2 chi_1, or log10 of the depth scale; not-a-number
/// where it has none.
double phaseLevel(const theory::PhasePoint& point, PhaseColouring colouring);

/// The levels from one end of the scale to the other; what lies beyond takes the colour of the end.
QCPRange phaseLevels(PhaseColouring colouring);

/// Told apart whatever the eye: chi_1 from blue through the theme's background to orange-red, the
/// depth scale from dim to bright (dark to light where the theme is light).
QCPColorGradient phaseGradient(const ChartTheme& theme, PhaseColouring colouring);

QSharedPointer<QCPAxisTicker> phaseTicker(PhaseColouring colouring);

} // namespace initlens::ui
