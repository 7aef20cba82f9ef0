#include "ui/charts/chart_text.h"
#include "ui/charts/theory_text.h"

#include <QCoreApplication>

namespace initlens::ui {

namespace {

using diagnostics::Scale;

QString tr(const char* text)
{
    return QCoreApplication::translate("Charts", text);
}

QString curveSummary(const Series& series, const std::vector<double>& layers,
                     const std::vector<double>& values, Scale scale)
{
    return tr("%1: %2 at layer %3, %4 at layer %5.")
        .arg(series.name, valueText(values.front(), scale), QString::number(layers.front()),
             valueText(values.back(), scale), QString::number(layers.back()));
}

QString seriesSummary(const Series& series, Scale scale)
{
    if (const auto* curve = std::get_if<DepthCurve>(&series.shape);
        curve != nullptr && !curve->layers.empty()) {
        const QString summary = curveSummary(series, curve->layers, curve->values, scale);
        const QString note = edgeNote(series);
        return note.isEmpty() ? summary : summary + QStringLiteral(" %1.").arg(note);
    }
    if (const auto* bands = std::get_if<DepthBands>(&series.shape);
        bands != nullptr && !bands->layers.empty()) {
        return tr("%1: at layer %2 from %3 to %4, median %5, exact zeros %6.")
            .arg(series.name, QString::number(bands->layers.back()),
                 magnitudeText(bands->smallest().back()), magnitudeText(bands->largest().back()),
                 magnitudeText(bands->median().back()), percentText(bands->zeroShare.back()));
    }
    if (const auto* density = std::get_if<Density>(&series.shape);
        density != nullptr && !density->edges.empty()) {
        return tr("%1, layer %2: from %3 to %4, median %5.")
            .arg(series.name, QString::number(density->layer), valueText(density->smallest, scale),
                 valueText(density->largest, scale), valueText(density->median, scale));
    }
    if (const auto* along = std::get_if<diagnostics::Curve>(&series.shape);
        along != nullptr && !along->positions.empty()) {
        return tr("%1: %2 at %3, %4 at %5.")
            .arg(series.name, valueText(along->values.front(), scale),
                 numberText(along->positions.front()), valueText(along->values.back(), scale),
                 numberText(along->positions.back()));
    }
    if (const auto* field = std::get_if<diagnostics::Field>(&series.shape); field != nullptr) {
        return tr("%1: a map of %2 by %2 positions.").arg(series.name).arg(field->positions.size());
    }
    return tr("%1: nothing measured yet.").arg(series.name);
}

} // namespace

QString chartSummary(const ChartModel& model)
{
    QStringList sentences{tr("%1.").arg(chartTitle(model))};
    if (!model.absence.isEmpty()) {
        sentences << QString(model.absence).replace(QLatin1Char('\n'), QLatin1Char(' '));
        return sentences.join(QLatin1Char(' '));
    }
    if (isOverDepth(model.chart.view)) {
        sentences << tr("Layers %1 to %2.").arg(model.firstLayer).arg(model.lastLayer);
    }
    for (auto series = model.series.rbegin(); series != model.series.rend(); ++series) {
        sentences << seriesSummary(**series, model.valueScale());
        if (const QString theory = theorySummary(**series, model.valueScale()); !theory.isEmpty()) {
            sentences << theory;
        }
    }
    return sentences.join(QLatin1Char(' '));
}

} // namespace initlens::ui
