#include "ui/charts/chart_text.h"

#include "core/spectrum/scope.h"
#include "ui/charts/chart_layers.h"
#include "ui/charts/spectrum_theory.h"
#include "ui/charts/theory_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace initlens::ui {

namespace {

using diagnostics::Scale;

QString tr(const char* text)
{
    return QCoreApplication::translate("Charts", text);
}

QString fromView(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

QString withMinus(QString number)
{
    return number.replace(QLatin1Char('-'), QChar(0x2212));
}

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

bool isPlain(double log10Value)
{
    return log10Value >= -3 && log10Value < 5;
}

QString scopeText(const ChartModel& model)
{
    const std::string id = model.scope.toStdString();
    const auto* scope = findRow(spectrum::Scope::table(), id);
    return scope == nullptr ? QString() : fromView(scope->head.label).toLower();
}

const Density* leadingDensity(const ChartModel& model)
{
    return model.leading<Density>();
}

QString zerosOf(const Density& density)
{
    const double share = static_cast<double>(density.zeros) / static_cast<double>(density.total);
    return tr("exact zeros: %1 of %2 (%3)")
        .arg(density.zeros)
        .arg(density.total)
        .arg(percentText(share));
}

/// What the shades mean: the densities at both ends of the scale.
QString mapNote(const DensityMap& map)
{
    if (!(map.highest > 0)) {
        return {};
    }
    const double top = std::log10(map.highest);
    return tr("shade: density of log₁₀ σ from %1 to %2; line: median")
        .arg(magnitudeText(top - mapDecades), magnitudeText(top));
}

/// How many Jacobians the leading run has put together at a layer.
std::int64_t jacobiansAt(const ChartModel& model, int layer)
{
    const auto& source = model.leader()->source;
    const auto* spectrum =
        source == nullptr ? nullptr : std::get_if<diagnostics::Spectrum>(source.get());
    if (spectrum == nullptr || spectrum->pooled.empty()) {
        return 1;
    }
    const auto found = std::find(spectrum->layers.begin(), spectrum->layers.end(), layer);
    return found == spectrum->layers.end()
               ? 1
               : spectrum->pooled[static_cast<std::size_t>(found - spectrum->layers.begin())]
                     ->replicas;
}

QString curveValue(const Series& series, Scale scale, int layer)
{
    const auto* curve = std::get_if<DepthCurve>(&series.shape);
    const auto index =
        curve == nullptr || series.outdated ? std::nullopt : indexOf(curve->layers, layer);
    if (!index) {
        return QStringLiteral("—");
    }
    return indexOf(curve->zeros, layer) ? QStringLiteral("0")
                                        : valueText(curve->values[*index], scale);
}

/// What is drawn beside the runs, and which of several runs a map shows.
QStringList wholeNetworkNotes(const ChartModel& model)
{
    QStringList notes;
    if (const auto* curve = model.leading<diagnostics::Curve>(); curve != nullptr) {
        if (!curve->low.empty()) {
            notes << tr("mean over trials, band: 16 to 84 %");
        }
        static const std::array<const char*, 2> lines = {"dotted: %1", "dash-dotted: %1"};
        for (std::size_t i = 0;
             !model.chart.diagnostic->companionsApart && i < curve->companions.size(); ++i) {
            notes << tr(lines[i % lines.size()])
                         .arg(QString::fromStdString(curve->companions[i].name));
        }
    }
    if (const auto* field = model.leading<diagnostics::Field>(); field != nullptr) {
        if (model.series.size() > 1) {
            notes << tr("of %1").arg(model.leader()->name);
        }
        notes << tr("colours end at ±%1, twice the mean of the diagonal")
                     .arg(numberText(colourEnd(*field)));
    }
    return notes;
}

} // namespace

QString stretchText(const std::vector<double>& layers, const std::vector<double>& marked)
{
    constexpr std::size_t mostNamed = 4;
    const auto stretches = stretchesOf(layers, marked);
    const int first = stretches.front().first;
    const int last = stretches.back().last;
    if (stretches.size() > mostNamed) {
        return tr("%1 layers from %2 to %3").arg(marked.size()).arg(first).arg(last);
    }
    QStringList names;
    for (const Stretch& stretch : stretches) {
        names << (stretch.first == stretch.last ? QString::number(stretch.first)
                                                : tr("%1–%2").arg(stretch.first).arg(stretch.last));
    }
    return (first == last ? tr("layer %1") : tr("layers %1")).arg(names.join(tr(", ")));
}

QString edgeNote(const Series& series)
{
    QStringList notes;
    const auto* curve = std::get_if<DepthCurve>(&series.shape);
    const auto* bands = std::get_if<DepthBands>(&series.shape);
    if (!series.otherScope.isEmpty()) {
        notes << tr("measured %1").arg(series.otherScope);
    }
    if (curve != nullptr && !curve->zeros.empty()) {
        notes << tr("zero at %1").arg(stretchText(curve->layers, curve->zeros));
    }
    const auto* notFinite = curve != nullptr   ? &curve->notFinite
                            : bands != nullptr ? &bands->notFinite
                                               : nullptr;
    if (notFinite != nullptr && !notFinite->empty()) {
        notes << tr("not finite at %1").arg(stretchText(*layersOf(series.shape), *notFinite));
    }
    return notes.isEmpty() ? QString()
                           : series.name + QStringLiteral(": ") + notes.join(QStringLiteral(", "));
}

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
        text +=
            character == QLatin1Char('-') ? QChar(0x207b) : superscripts[character.digitValue()];
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
    if (isOverDepth(model.chart.view)) {
        const QString scope = scopeText(model);
        return scope.isEmpty() ? label : tr("%1, %2").arg(label, scope);
    }
    if (wholeNetworkView(*model.chart.diagnostic)) {
        return label;
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
    if (isOverDepth(model.chart.view)) {
        return tr("layer");
    }
    return fromView(isAtLayer(model.chart.view) ? model.chart.diagnostic->axis
                                                : model.chart.diagnostic->positionAxis);
}

QString verticalTitle(const ChartModel& model)
{
    const QString axis = fromView(model.chart.diagnostic->axis);
    if (model.chart.view == ChartView::BetweenPositions) {
        return fromView(model.chart.diagnostic->positionAxis);
    }
    if (!isAtLayer(model.chart.view)) {
        return axis;
    }
    return model.valueScale() == Scale::Log10 ? tr("density of log₁₀ %1").arg(axis)
                                              : tr("density of %1").arg(axis);
}

QStringList chartNotes(const ChartModel& model)
{
    QStringList edges;
    for (const SeriesPointer& series : model.series) {
        if (const QString note = edgeNote(*series); !note.isEmpty()) {
            edges << note;
        }
    }
    QStringList about;
    for (const SeriesPointer& series : model.series) {
        if (series->previewWidth > 0) {
            about << tr("faint: preview, a network of width %1").arg(series->previewWidth);
        }
    }
    if (const auto* curve = model.leading<DepthCurve>(); curve != nullptr && curve->estimated) {
        about << tr("estimated, band: their error");
    }
    if (const auto* bands = model.leading<DepthBands>(); bands != nullptr) {
        about << (bands->map ? mapNote(*bands->map) : tr("bands: 0, 5, 25, 50, 75, 95, 100 %"));
        if (bands->estimated && !bands->map) {
            about << tr("estimated; dotted: their error");
        }
        if (bands->isPooled()) {
            about << (bands->map ? tr("%1 Jacobians")
                                 : tr("means of %1 Jacobians, dotted: 16 and 84 %"))
                         .arg(bands->jacobians);
        }
    }
    if (const Density* density = leadingDensity(model); density != nullptr) {
        if (const auto jacobians = jacobiansAt(model, density->layer); jacobians > 1) {
            about << tr("%1 Jacobians").arg(jacobians);
        }
        if (density->zeros > 0) {
            QString zeros = zerosOf(*density);
            if (const auto predicted =
                    predictedDensity(model.leader()->theory, density->layer, model.valueScale())) {
                zeros += tr(", theory %1").arg(percentText(predicted->zeroMass));
            }
            about << zeros;
        }
        if (!density->errors.empty()) {
            about << tr("estimated; dotted: its error");
        }
        if (density->below > 0.001) {
            about << tr("%1 too small to be told apart").arg(percentText(density->below));
        }
        if (density->notFinite > 0) {
            about << tr("not finite: %1").arg(density->notFinite);
        }
        for (const SeriesPointer& series : model.series) {
            const auto* other = std::get_if<Density>(&series->shape);
            if (other != nullptr && other->layer != density->layer && series->previewWidth == 0) {
                about << tr("%1: layer %2").arg(series->name).arg(other->layer);
            }
        }
    }
    about << wholeNetworkNotes(model);
    about << theoryNotes(model);
    QStringList lines;
    for (const QStringList& notes : {edges, about}) {
        if (!notes.isEmpty()) {
            lines << notes.join(QStringLiteral("  ·  "));
        }
    }
    return lines;
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
    if (!index || indexOf(bands->notFinite, *chosen)) {
        return tr("exact zeros");
    }
    return tr("exact zeros: %1 at layer %2")
        .arg(percentText(bands->zeroShare[*index]))
        .arg(*chosen);
}

double colourEnd(const diagnostics::Field& field)
{
    const std::size_t count = field.positions.size();
    double sum = 0;
    std::size_t known = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double value = std::abs(field.values[i * count + i]);
        if (std::isfinite(value)) {
            sum += value;
            ++known;
        }
    }
    return 2 * sum / static_cast<double>(known);
}

QStringList readoutColumns(const ChartModel& model)
{
    if (hasTheory(model)) {
        return {tr("measured"), tr("theory")};
    }
    if (model.leading<DepthBands>() == nullptr) {
        return {};
    }
    QStringList columns = {tr("min"), tr("median"), tr("max")};
    const bool predicted =
        std::any_of(model.series.begin(), model.series.end(), [](const SeriesPointer& series) {
            return predictedBands(series->theory).has_value();
        });
    if (predicted) {
        columns << tr("median, theory");
    }
    return columns;
}

QStringList readoutValues(const Series& series, Scale scale, int layer)
{
    if (series.theory.current() != nullptr) {
        return {curveValue(series, scale, layer), theoryValue(series, scale, layer)};
    }
    if (std::holds_alternative<DepthCurve>(series.shape)) {
        return {curveValue(series, scale, layer)};
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
        QStringList texts = {text(bands->smallest()), text(bands->median()),
                             text(bands->largest())};
        if (const auto predicted = predictedBands(series.theory)) {
            const auto at = indexOf(predicted->layers, layer);
            texts << (at ? magnitudeText(predicted->median()[*at]) : QStringLiteral("—"));
        }
        return texts;
    }
    return {};
}

QStringList readoutValuesAt(const Series& series, double position)
{
    const auto* curve = std::get_if<diagnostics::Curve>(&series.shape);
    if (curve == nullptr || series.outdated) {
        return {};
    }
    const auto found = std::lower_bound(curve->positions.begin(), curve->positions.end(), position);
    if (found == curve->positions.end() || *found != position) {
        return {};
    }
    const auto index = static_cast<std::size_t>(found - curve->positions.begin());
    QStringList texts{numberText(curve->values[index])};
    if (const auto* predicted = series.theory.currentPlaces()) {
        texts << (index < predicted->size() ? numberText((*predicted)[index])
                                            : QStringLiteral("—"));
    }
    return texts;
}

} // namespace initlens::ui
