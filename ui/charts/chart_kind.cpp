#include "ui/charts/chart_kind.h"

#include "core/experiment/prediction.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace initlens::ui {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

/// The ways to see singular values, with the ends of their keys and names.
struct View {
    ChartView view;
    const char* key;
    const char* label;
};
constexpr std::array<View, 4> spectrumViews = {
    View{ChartView::OverDepth, "", "%1"}, View{ChartView::MapOverDepth, "_map", "%1, density map"},
    View{ChartView::AtLayer, "_at_layer", "%1 at a layer"},
    View{ChartView::AtLayerLinear, "_at_layer_linear", "%1 at a layer, linear axis"}};

const View& viewOf(const ChartId& chart)
{
    return *std::find_if(spectrumViews.begin(), spectrumViews.end(),
                         [&](const View& each) { return each.view == chart.view; });
}

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

const QString stripSuffix = QStringLiteral("_with_ratio");

} // namespace

bool canHaveStrip(const ChartId& chart)
{
    return chart.diagnostic->reading == Kind::Profile &&
           experiment::isPredictable(*chart.diagnostic);
}

ChartId withStrip(ChartId chart, bool strip)
{
    chart.strip = strip && canHaveStrip(chart);
    return chart;
}

bool isOverDepth(ChartView view)
{
    return view == ChartView::OverDepth || view == ChartView::MapOverDepth;
}

bool isAtLayer(ChartView view)
{
    return view == ChartView::AtLayer || view == ChartView::AtLayerLinear;
}

std::optional<ChartView> wholeNetworkView(const Diagnostic& diagnostic)
{
    switch (diagnostic.reading) {
    case Kind::Curve:
        return ChartView::AlongPositions;
    case Kind::Field:
        return ChartView::BetweenPositions;
    case Kind::Profile:
    case Kind::Spectrum:
    case Kind::Histogram:
        break;
    }
    return std::nullopt;
}

std::vector<ChartId> availableCharts()
{
    std::vector<ChartId> charts;
    for (const Diagnostic* diagnostic : Diagnostic::table()) {
        switch (diagnostic->reading) {
        case Kind::Profile:
            charts.push_back({diagnostic, ChartView::OverDepth});
            break;
        case Kind::Histogram:
            charts.push_back({diagnostic, ChartView::AtLayer});
            break;
        case Kind::Curve:
        case Kind::Field:
            charts.push_back({diagnostic, *wholeNetworkView(*diagnostic)});
            break;
        case Kind::Spectrum:
            for (const View& each : spectrumViews) {
                charts.push_back({diagnostic, each.view});
            }
            break;
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
    const QString suffix = chart.strip ? stripSuffix : QString();
    return chart.diagnostic->reading == Kind::Spectrum ? id + QLatin1String(viewOf(chart).key)
                                                       : id + suffix;
}

std::optional<ChartId> chartOfKey(const QString& key)
{
    if (key.endsWith(stripSuffix)) {
        const auto plain = chartOfKey(key.chopped(stripSuffix.size()));
        return plain && canHaveStrip(*plain) ? std::optional(withStrip(*plain, true))
                                             : std::nullopt;
    }
    const auto charts = availableCharts();
    const auto found = std::find_if(charts.begin(), charts.end(),
                                    [&](const ChartId& chart) { return chartKey(chart) == key; });
    return found == charts.end() ? std::nullopt : std::optional<ChartId>(*found);
}

diagnostics::Scale scaleOf(const ChartId& chart)
{
    return chart.view == ChartView::AtLayerLinear ? diagnostics::Scale::Linear
                                                  : chart.diagnostic->scale;
}

QString chartLabel(const ChartId& chart)
{
    const QString label = text(chart.diagnostic->head.label);
    return chart.diagnostic->reading == Kind::Spectrum
               ? QCoreApplication::translate("Charts", viewOf(chart).label).arg(label)
               : label;
}

} // namespace initlens::ui
