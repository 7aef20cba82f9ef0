#pragma once

#include "ui/charts/chart_model.h"

#include <QString>
#include <QStringList>

namespace initlens::ui {

/// "1", "10", "10⁻⁵": ten to a whole power.
QString powerText(int exponent);

/// A number to so many significant digits: "0.482", "1.1×10⁻¹⁰", "0", "∞", "—" for not-a-number.
QString numberText(double value, int digits = 3);

/// The number whose log10 is given, which may lie far outside the range of a double.
QString magnitudeText(double log10Value);

QString valueText(double value, diagnostics::Scale scale);
QString percentText(double share);

/// Some of the layers, neither list empty: "layers 1–29", "layer 4", "layers 3, 7–9",
/// "12 layers from 3 to 99".
QString stretchText(const std::vector<double>& layers, const std::vector<double>& marked);

QString chartTitle(const ChartModel& model);
QString horizontalTitle(const ChartModel& model);
QString verticalTitle(const ChartModel& model);

/// What a reader must know beside the axes, at most two lines: zeros and overflow; what the bands
/// are, exact zeros.
QStringList chartNotes(const ChartModel& model);

/// Where a run's curve is zero or not finite: "he_normal: zero at layers 1–29"; empty when nowhere.
QString edgeNote(const Series& series);

/// "exact zeros: 51 %", at the selected layer of a chart over depth; empty when there are none.
QString zeroStripLabel(const ChartModel& model);

/// The chart in sentences, for those who hear it.
QString chartSummary(const ChartModel& model);

/// Where the colours of a map end: at twice the mean size of its diagonal; not-a-number without
/// one.
double colourEnd(const diagnostics::Field& field);

/// The columns of the box beside the crosshair, and what a run's row says at a layer.
QStringList readoutColumns(const ChartModel& model);
QStringList readoutValues(const Series& series, diagnostics::Scale scale, int layer);
/// The same at a position of a curve; empty for a run that has none.
QStringList readoutValuesAt(const Series& series, double position);

} // namespace initlens::ui
