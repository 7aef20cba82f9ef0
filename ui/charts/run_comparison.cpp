#include "ui/charts/run_comparison.h"

#include "ui/charts/chart_layers.h"
#include "ui/charts/chart_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

namespace initlens::ui {

namespace {

using diagnostics::Scale;

QString tr(const char* text)
{
    return QCoreApplication::translate("Charts", text);
}

bool isComparable(const Series& series)
{
    return !series.outdated && (std::holds_alternative<DepthCurve>(series.shape) ||
                                std::holds_alternative<DepthBands>(series.shape));
}

/// The number that stands for a run at a layer; nothing where it has none.
std::optional<double> valueAt(const Series& series, int layer)
{
    if (!isComparable(series)) {
        return std::nullopt;
    }
    const auto* curve = std::get_if<DepthCurve>(&series.shape);
    const auto* bands = std::get_if<DepthBands>(&series.shape);
    const auto index = indexOf(curve != nullptr ? curve->layers : bands->layers, layer);
    if (!index) {
        return std::nullopt;
    }
    const double value = curve != nullptr ? curve->values[*index] : bands->median()[*index];
    const bool isKnown =
        std::isfinite(value) && (curve != nullptr || value >= bands->resolution[*index]);
    return isKnown ? std::optional(value) : std::nullopt;
}

} // namespace

bool comparesRuns(const ChartModel& model)
{
    const auto count = std::count_if(model.series.begin(), model.series.end(),
                                     [](const auto& series) { return isComparable(*series); });
    return isOverDepth(model.chart.view) && count > 1 && isComparable(*model.series.back());
}

QString comparisonTitle(const ChartModel& model)
{
    return model.valueScale() == Scale::Log10 ? tr("ratio") : tr("difference");
}

QString comparisonText(const ChartModel& model, const Series& series, int layer)
{
    const auto value = valueAt(series, layer);
    const auto current = valueAt(*model.series.back(), layer);
    if (!value || !current) {
        return QStringLiteral("—");
    }
    const double difference = *value - *current;
    if (model.valueScale() == Scale::Log10) {
        return magnitudeText(difference);
    }
    return difference > 0 ? QStringLiteral("+") + numberText(difference) : numberText(difference);
}

} // namespace initlens::ui
