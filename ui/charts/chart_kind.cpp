#include "ui/charts/chart_kind.h"

#include <QCoreApplication>

#include <algorithm>

namespace initlens::ui {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

const QLatin1String atLayerSuffix("_at_layer");

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

std::vector<ChartId> availableCharts()
{
    std::vector<ChartId> charts;
    for (const Diagnostic* diagnostic : Diagnostic::table()) {
        if (diagnostic->reading != Kind::Histogram) {
            charts.push_back({diagnostic, ChartView::OverDepth});
        }
        if (diagnostic->reading != Kind::Profile) {
            charts.push_back({diagnostic, ChartView::AtLayer});
        }
    }
    return charts;
}

std::vector<ChartId> dashboardCharts()
{
    std::vector<ChartId> charts;
    for (const char* key : {"activation_variance", "gradient_norm", "jacobian_singular_values",
                            "jacobian_singular_values_at_layer"}) {
        if (const auto chart = chartOfKey(QLatin1String(key))) {
            charts.push_back(*chart);
        }
    }
    return charts;
}

QString chartKey(const ChartId& chart)
{
    const QString id = text(chart.diagnostic->head.id);
    const bool needsSuffix =
        chart.diagnostic->reading == Kind::Spectrum && chart.view == ChartView::AtLayer;
    return needsSuffix ? id + atLayerSuffix : id;
}

std::optional<ChartId> chartOfKey(const QString& key)
{
    const auto charts = availableCharts();
    const auto found = std::find_if(charts.begin(), charts.end(),
                                    [&](const ChartId& chart) { return chartKey(chart) == key; });
    return found == charts.end() ? std::nullopt : std::optional<ChartId>(*found);
}

QString chartLabel(const ChartId& chart)
{
    const QString label = text(chart.diagnostic->head.label);
    if (chart.diagnostic->reading == Kind::Spectrum && chart.view == ChartView::AtLayer) {
        return QCoreApplication::translate("Charts", "%1 at a layer").arg(label);
    }
    return label;
}

} // namespace initlens::ui
