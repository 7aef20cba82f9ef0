#include "ui/charts/chart_text.h"

#include "core/spectrum/scope.h"

#include <QCoreApplication>

#include <cmath>

namespace initlens::ui {

namespace {

using diagnostics::Scale;

QString tr(const char* text) { return QCoreApplication::translate("Charts", text); }

QString fromView(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

QString withMinus(QString number) { return number.replace(QLatin1Char('-'), QChar(0x2212)); }

QString scientific(double log10Value)
{
    int exponent = static_cast<int>(std::floor(log10Value));
    QString mantissa = QString::number(std::pow(10.0, log10Value - exponent), 'f', 1);
    if (mantissa == QLatin1String("10.0")) {
        mantissa = QStringLiteral("1.0");
        ++exponent;
    }
    const QString power = exponent == 1 ? QStringLiteral("10") : powerText(exponent);
    return mantissa + QChar(0x00d7) + power;
}

bool isPlain(double log10Value) { return log10Value >= -3 && log10Value < 5; }

QString scopeText(const ChartModel& model)
{
    const std::string id = model.scope.toStdString();
    const auto* scope = findRow(spectrum::Scope::table(), id);
    return scope == nullptr ? QString() : fromView(scope->head.label).toLower();
}

const Density* leadingDensity(const ChartModel& model) { return model.leading<Density>(); }

QString zerosOf(const Density& density)
{
    const double share = static_cast<double>(density.zeros) / static_cast<double>(density.total);
    return tr("exact zeros: %1 of %2 (%3)")
        .arg(density.zeros)
        .arg(density.total)
        .arg(percentText(share));
}

void addEdgeNotes(const Series& series, QStringList& notes)
{
    const auto* curve = std::get_if<DepthCurve>(&series.shape);
    if (curve == nullptr) {
        return;
    }
    if (!curve->zeros.empty()) {
        notes << tr("%1: zero from layer %2").arg(series.name).arg(curve->zeros.front());
    }
    if (!curve->notFinite.empty()) {
        notes << tr("%1: no finite value from layer %2")
                     .arg(series.name)
                     .arg(curve->notFinite.front());
    }
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
        QStringList notes;
        addEdgeNotes(series, notes);
        notes.prepend(curveSummary(series, curve->layers, curve->values, scale));
        return notes.join(QLatin1Char(' '));
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
            .arg(series.name, QString::number(density->layer),
                 valueText(density->smallest, scale), valueText(density->largest, scale),
                 valueText(density->median, scale));
    }
    return tr("%1: nothing measured yet.").arg(series.name);
}

} // namespace

QString powerText(int exponent)
{
    if (exponent == 0) {
        return QStringLiteral("1");
    }
    QString text = QStringLiteral("10");
    if (exponent == 1) {
        return text;
    }
    static const QString superscripts = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    for (const QChar character : QString::number(exponent)) {
        text += character == QLatin1Char('-') ? QChar(0x207b)
                                              : superscripts[character.digitValue()];
    }
    return text;
}

QString numberText(double value, int digits)
{
    if (std::isnan(value)) {
        return QStringLiteral("—");
    }
    if (std::isinf(value)) {
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    }
    const double magnitude = std::abs(value);
    if (magnitude == 0 || isPlain(std::log10(magnitude))) {
        // Large numbers keep all their digits instead of turning to 1.23e+04.
        const bool whole = magnitude >= std::pow(10.0, digits);
        return withMinus(QString::number(value, whole ? 'f' : 'g', whole ? 0 : digits));
    }
    return (value < 0 ? QStringLiteral("−") : QString()) + scientific(std::log10(magnitude));
}

QString magnitudeText(double log10Value)
{
    if (std::isnan(log10Value)) {
        return QStringLiteral("—");
    }
    if (std::isinf(log10Value)) {
        return log10Value > 0 ? QStringLiteral("∞") : QStringLiteral("0");
    }
    return isPlain(log10Value) ? numberText(std::pow(10.0, log10Value)) : scientific(log10Value);
}

QString valueText(double value, Scale scale)
{
    return scale == Scale::Log10 ? magnitudeText(value) : numberText(value);
}

QString percentText(double share)
{
    const double percent = 100 * share;
    const bool fine = percent > 0 && percent < 10;
    return QString::number(percent, 'f', fine ? 1 : 0) + QStringLiteral("\u00a0%");
}

QString chartTitle(const ChartModel& model)
{
    const QString label = fromView(model.chart.diagnostic->head.label);
    if (model.chart.view == ChartView::OverDepth) {
        const QString scope = scopeText(model);
        return scope.isEmpty() ? label : tr("%1, %2").arg(label, scope);
    }
    const Density* density = leadingDensity(model);
    if (density == nullptr) {
        return chartLabel(model.chart);
    }
    if (model.chart.diagnostic->reading == diagnostics::Kind::Spectrum) {
        return tr("%1 at layer %2").arg(label).arg(density->layer);
    }
    return QString(label).replace(QLatin1String("a layer"), tr("layer %1").arg(density->layer));
}

QString horizontalTitle(const ChartModel& model)
{
    return model.chart.view == ChartView::OverDepth ? tr("layer")
                                                    : fromView(model.chart.diagnostic->axis);
}

QString verticalTitle(const ChartModel& model)
{
    const QString axis = fromView(model.chart.diagnostic->axis);
    if (model.chart.view == ChartView::OverDepth) {
        return axis;
    }
    return model.valueScale() == Scale::Log10 ? tr("density of log₁₀ %1").arg(axis)
                                              : tr("density of %1").arg(axis);
}

QStringList chartNotes(const ChartModel& model)
{
    QStringList notes;
    for (const SeriesPointer& series : model.series) {
        addEdgeNotes(*series, notes);
    }
    if (const auto* bands = model.leading<DepthBands>(); bands != nullptr) {
        notes << tr("bands: 0, 5, 25, 50, 75, 95, 100 %");
    }
    if (const Density* density = leadingDensity(model); density != nullptr) {
        if (density->zeros > 0) {
            notes << zerosOf(*density);
        }
        if (density->notFinite > 0) {
            notes << tr("not finite: %1").arg(density->notFinite);
        }
    }
    return notes;
}

QString zeroStripLabel(const ChartModel& model)
{
    const auto* bands = model.leading<DepthBands>();
    if (bands == nullptr || !bands->hasZeros()) {
        return {};
    }
    const auto chosen = model.selectedLayer > 0
                            ? nearestLayer(model, model.selectedLayer)
                            : std::optional<int>(static_cast<int>(bands->layers.back()));
    const auto index = chosen ? indexOf(bands->layers, *chosen) : std::nullopt;
    if (!index) {
        return {};
    }
    return tr("exact zeros: %1 at layer %2")
        .arg(percentText(bands->zeroShare[*index]))
        .arg(*chosen);
}

QString chartSummary(const ChartModel& model)
{
    if (model.series.empty()) {
        return tr("%1. No run is shown.").arg(chartTitle(model));
    }
    QStringList sentences{tr("%1.").arg(chartTitle(model))};
    if (model.chart.view == ChartView::OverDepth) {
        sentences << tr("Layers %1 to %2.").arg(model.firstLayer).arg(model.lastLayer);
    }
    for (auto series = model.series.rbegin(); series != model.series.rend(); ++series) {
        sentences << seriesSummary(**series, model.valueScale());
    }
    return sentences.join(QLatin1Char(' '));
}

QStringList readoutColumns(const ChartModel& model)
{
    if (model.leading<DepthBands>() == nullptr) {
        return {};
    }
    return {tr("min"), tr("median"), tr("max")};
}

QStringList readoutValues(const Series& series, Scale scale, int layer)
{
    if (const auto* curve = std::get_if<DepthCurve>(&series.shape)) {
        const auto index = indexOf(curve->layers, layer);
        if (!index) {
            return {QStringLiteral("—")};
        }
        if (indexOf(curve->zeros, layer)) {
            return {QStringLiteral("0")};
        }
        return {valueText(curve->values[*index], scale)};
    }
    if (const auto* bands = std::get_if<DepthBands>(&series.shape)) {
        const auto index = indexOf(bands->layers, layer);
        if (!index) {
            return {QStringLiteral("—"), QStringLiteral("—"), QStringLiteral("—")};
        }
        const auto text = [&](const std::vector<double>& values) {
            const double value = values[*index];
            const double resolution = bands->resolution[*index];
            return value < resolution ? QStringLiteral("< ") + magnitudeText(resolution)
                                      : magnitudeText(value);
        };
        return {text(bands->smallest()), text(bands->median()), text(bands->largest())};
    }
    return {};
}

} // namespace initlens::ui
