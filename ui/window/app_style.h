#pragma once

#include "ui/charts/chart_theme.h"

#include <QIcon>
#include <QString>

namespace initlens::ui {

enum class ThemeChoice { System, Light, Dark };

/// Follows the desktop's own colours where the choice is System.
ChartTheme chartTheme(ThemeChoice choice);

/// Palette, font and style sheet of the whole program, from the colours of the charts.
void applyStyle(const ChartTheme& theme);

/// An icon of the resources, drawn in `colour`: "eye" is icons/eye.svg.
QIcon themedIcon(const QString& name, const QColor& colour);

} // namespace initlens::ui
