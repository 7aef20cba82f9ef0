#pragma once

#include "ui/charts/marker.h"

#include <QColor>
#include <QFont>
#include <QString>

#include <vector>

namespace initlens::ui {

/// Everything that decides how charts look. Sizes are pixels of 1/96 inch.
struct ChartTheme {
    QColor page;       ///< behind the cards
    QColor background; ///< of a card and of its chart
    QColor border;     ///< of a card
    QColor axis;
    QColor grid;
    QColor text;
    QColor mutedText;
    QColor accent; ///< focus, selected layer
    QColor crosshair;
    QColor zeroStrip;
    QColor hatch;   ///< over what is below the resolution
    QColor readout; ///< background of the box beside the crosshair
    QColor readoutBorder;
    std::vector<QColor> series;

    QString fontFamily;
    int textSize = 12;
    int smallTextSize = 11;
    int titleSize = 14;

    double curveWidth = 1.6;
    double denseCurveWidth = 1; ///< of live curves with many points: wide pens are slow
    double axisWidth = 1;
    double gridWidth = 1;
    double markerSize = 7;
    double bandOpacity = 0.14; ///< of each nested band

    friend bool operator==(const ChartTheme&, const ChartTheme&) = default;
};

ChartTheme lightChartTheme();
ChartTheme darkChartTheme();
/// White, black text, thin lines: for paper.
ChartTheme printChartTheme();

struct SeriesStyle {
    QColor colour;
    Marker marker = Marker::Disc;
    Qt::PenStyle line = Qt::SolidLine;
};

/// Runs differ in colour and in marker; from the eighth on in the line too. Any number is a style.
SeriesStyle seriesStyle(const ChartTheme& theme, int style);

QFont chartFont(const ChartTheme& theme, int pixels, QFont::Weight weight = QFont::Normal);

} // namespace initlens::ui
