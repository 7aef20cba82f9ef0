#include "ui/charts/chart_absence.h"

#include "core/data/input.h"
#include "core/experiment/needs.h"
#include "core/spectrum/scope.h"

#include <QCoreApplication>

#include <algorithm>

namespace initlens::ui {

namespace {

using diagnostics::Needs;
using spectrum::Scope;

QString tr(const char* text)
{
    return QCoreApplication::translate("Charts", text);
}

QString twoLines(const QString& what, const QString& help)
{
    return what + QLatin1Char('\n') + help;
}

bool showsSomething(const Series& series)
{
    if (series.theory.curve != nullptr) {
        return true;
    }
    if (const auto* curve = std::get_if<DepthCurve>(&series.shape)) {
        return !curve->layers.empty();
    }
    if (const auto* bands = std::get_if<DepthBands>(&series.shape)) {
        return !bands->layers.empty();
    }
    if (std::holds_alternative<diagnostics::Curve>(series.shape) ||
        std::holds_alternative<diagnostics::Field>(series.shape)) {
        return true;
    }
    const auto* density = std::get_if<Density>(&series.shape);
    return density != nullptr && !density->heights.empty();
}

/// The labels of the inputs that are of a kind.
template <class IsOne>
QString inputsWhere(IsOne&& isOne)
{
    QStringList labels;
    for (const data::Input* input : data::Input::table()) {
        if (isOne(*input)) {
            labels << QString::fromUtf8(input->head.label.data(),
                                        static_cast<qsizetype>(input->head.label.size()));
        }
    }
    return labels.join(QStringLiteral(", "));
}

QString pairInputs()
{
    return inputsWhere([](const data::Input& input) { return input.pairs; });
}

QString pathInputs()
{
    return inputsWhere([](const data::Input& input) { return input.position != nullptr; });
}

QString emptyDensity(const Density& density)
{
    if (density.zeros > 0) {
        return twoLines(
            tr("All %1 values at layer %2 are exactly zero.").arg(density.zeros).arg(density.layer),
            tr("Nothing passes through this layer any more."));
    }
    if (density.beyondAxis) {
        return twoLines(tr("The values at layer %1 are beyond a linear axis.").arg(density.layer),
                        tr("Choose the chart with the logarithmic axis."));
    }
    return twoLines(tr("No finite values at layer %1.").arg(density.layer),
                    tr("The network overflows before it: choose an earlier layer."));
}

} // namespace

QString absenceText(const ChartModel& model, const std::vector<ShownRun>& runs)
{
    if (model.series.empty()) {
        return twoLines(tr("No run is shown."), tr("Switch one on in the list of runs."));
    }
    if (std::any_of(model.series.begin(), model.series.end(),
                    [](const SeriesPointer& series) { return showsSomething(*series); })) {
        return {};
    }
    const auto noVisibleRun = [&runs](auto&& condition) {
        return std::none_of(runs.begin(), runs.end(), [&](const ShownRun& run) {
            return run.visible && condition(run.spec);
        });
    };
    const Needs needs = model.chart.diagnostic->needs;
    if (diagnostics::needsPairs(needs) &&
        noVisibleRun([](const auto& spec) { return spec.input->pairs; })) {
        return twoLines(tr("This needs inputs in pairs."),
                        tr("Choose such an input: %1.").arg(pairInputs()));
    }
    if (needs == Needs::PathGradients &&
        noVisibleRun([](const auto& spec) { return spec.input->position != nullptr; })) {
        return twoLines(tr("This needs inputs along a path."),
                        tr("Choose such an input: %1.").arg(pathInputs()));
    }
    for (const ShownRun& run : runs) {
        const std::string unmet = experiment::unmetNeed(run.spec, needs);
        if (run.visible && diagnostics::needsModes(needs) && !unmet.empty()) {
            return twoLines(tr("This is not measured here."),
                            tr("It %1.").arg(QString::fromStdString(unmet)));
        }
    }
    if (needs == Needs::Jacobian &&
        noVisibleRun([](const auto& spec) { return spec.jacobian->scope != Scope::Kind::None; })) {
        return twoLines(tr("The Jacobian is not measured."),
                        tr("Choose which one under “Jacobian”."));
    }
    if (const auto* density = model.leading<Density>()) {
        return emptyDensity(*density);
    }
    return twoLines(tr("No data yet."), tr("Points appear as layers are measured."));
}

} // namespace initlens::ui
