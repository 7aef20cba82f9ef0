#include "ui/charts/theory_text.h"

#include "ui/charts/chart_layers.h"
#include "ui/charts/chart_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace initlens::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Charts", text);
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
    for (const SeriesPointer& series : model.series) {
        if (const QString why = series->theory.whyNot(); !why.isEmpty()) {
            notes << (model.series.size() == 1
                          ? tr("no prediction: %1").arg(why)
                          : tr("%1: no prediction: %2").arg(series->name, why));
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
        return series->theory.current() != nullptr;
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
    if (const QString why = series.theory.whyNot(); !why.isEmpty()) {
        return tr("No prediction: %1.").arg(why);
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
