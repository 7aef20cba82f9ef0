#include "ui/charts/theory_text.h"

#include "core/experiment/prediction.h"
#include "ui/charts/chart_layers.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/spectrum_theory.h"

#include <QCoreApplication>

#include <algorithm>

namespace initlens::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Charts", text);
}

/// Why a run has no prediction, or none at some layers: "no prediction at layers 3–5: ...".
QStringList absences(const Series& series)
{
    if (series.theory.diagnostic != nullptr && wholeNetworkView(*series.theory.diagnostic) &&
        std::holds_alternative<std::monostate>(series.shape)) {
        return {}; // there is nothing that it could be compared with
    }
    if (const QString why = series.theory.whyNot(); !why.isEmpty()) {
        return {tr("no prediction: %1").arg(why)};
    }
    if (const auto* density = std::get_if<Density>(&series.shape)) {
        const QString why = whyNotAt(series.theory, density->layer);
        return why.isEmpty()
                   ? QStringList()
                   : QStringList(tr("no prediction at layer %1: %2").arg(density->layer).arg(why));
    }
    QStringList clauses;
    for (const UnpredictedLayers& group : unpredictedLayers(series.theory)) {
        clauses << tr("no prediction at %1: %2")
                       .arg(stretchText(answeredLayers(series.theory), group.layers), group.whyNot);
    }
    return clauses;
}

/// What the leader's predicted singular values are, and the share of zeros among them.
QStringList spectrumNotes(const Series& leader, const ChartModel& model)
{
    if (!predictedBands(leader.theory)) {
        return {};
    }
    const auto* density = std::get_if<Density>(&leader.shape);
    const auto predicted =
        density == nullptr ? std::nullopt
                           : predictedDensity(leader.theory, density->layer, model.valueScale());
    if (density != nullptr && !predicted) {
        return {};
    }
    return {leader.theory.source->spectra.regime == experiment::Regime::Lyapunov
                ? tr("dashed: Lyapunov exponents")
                : tr("dashed: free probability")};
}

} // namespace

QStringList theoryNotes(const ChartModel& model)
{
    QStringList notes;
    const Series* leader = model.leader();
    if (leader != nullptr && leader->theory.current() != nullptr &&
        !leader->theory.current()->low.empty()) {
        notes << tr("dashed: mean-field theory, band: ±1 s.d. at this width");
    } else if (hasTheory(model)) {
        notes << tr("dashed: mean-field theory");
    }
    if (leader != nullptr) {
        notes << spectrumNotes(*leader, model);
    }
    for (const SeriesPointer& series : model.series) {
        for (const QString& clause : absences(*series)) {
            notes << (model.series.size() == 1 ? clause : tr("%1: %2").arg(series->name, clause));
        }
    }
    return notes;
}

QString stripTitle(const ChartModel& model)
{
    return model.valueScale() == diagnostics::Scale::Log10 ? tr("measured / predicted")
                                                           : tr("measured − predicted");
}

bool hasTheory(const ChartModel& model)
{
    return std::any_of(model.series.begin(), model.series.end(), [](const SeriesPointer& series) {
        return series->theory.current() != nullptr || series->theory.currentPlaces() != nullptr;
    });
}

QString theoryValue(const Series& series, diagnostics::Scale scale, int layer)
{
    const DepthCurve* curve = series.theory.current();
    const auto index = curve == nullptr ? std::nullopt : indexOf(curve->layers, layer);
    if (!index) {
        return QStringLiteral("—");
    }
    return indexOf(curve->zeros, layer) ? QStringLiteral("0")
                                        : valueText(curve->values[*index], scale);
}

QString theorySummary(const Series& series, diagnostics::Scale scale)
{
    QStringList sentences;
    for (const QString& clause : absences(series)) {
        sentences << clause.left(1).toUpper() + clause.mid(1) + QLatin1Char('.');
    }
    if (const auto bands = predictedBands(series.theory)) {
        sentences << tr("Theory expects a median of %1 at layer %2.")
                         .arg(magnitudeText(bands->median().back()),
                              QString::number(static_cast<int>(bands->layers.back())));
    }
    if (!sentences.isEmpty()) {
        return sentences.join(QLatin1Char(' '));
    }
    const DepthCurve* curve = series.theory.current();
    if (curve == nullptr) {
        return {};
    }
    const auto first = static_cast<int>(curve->layers.front());
    const auto last = static_cast<int>(curve->layers.back());
    return tr("Theory expects %1 at layer %2, %3 at layer %4.")
        .arg(theoryValue(series, scale, first), QString::number(first),
             theoryValue(series, scale, last), QString::number(last));
}

} // namespace initlens::ui
