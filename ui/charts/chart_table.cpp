#include "ui/charts/chart_export.h"

#include "core/base/registry.h"
#include "ui/charts/chart_model.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/spectrum_theory.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace initlens::ui {

namespace {

using Row = std::vector<QString>;

QString exact(double value)
{
    return std::isfinite(value) ? QString::fromStdString(initlens::numberText(value)) : QString();
}

QString axisOf(const ChartModel& model)
{
    const std::string_view view = model.chart.diagnostic->axis;
    const QString axis = QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
    return model.valueScale() == diagnostics::Scale::Log10 ? QStringLiteral("log10 ") + axis : axis;
}

QString positionTitle(const ChartModel& model)
{
    const std::string_view view = model.chart.diagnostic->positionAxis;
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// Columns of numbers by layer, over the layers of all runs.
class LayerTable {
public:
    void add(const QString& title, const std::vector<double>& layers,
             const std::vector<double>& values)
    {
        m_titles.push_back(title);
        for (std::size_t i = 0; i < layers.size(); ++i) {
            Row& row = m_rows[static_cast<int>(layers[i])];
            row.resize(m_titles.size());
            row.back() = exact(values[i]);
        }
    }

    [[nodiscard]] std::vector<Row> rows() const
    {
        std::vector<Row> all{{QStringLiteral("layer")}};
        all.front().insert(all.front().end(), m_titles.begin(), m_titles.end());
        for (const auto& [layer, cells] : m_rows) {
            Row row{QString::number(layer)};
            row.insert(row.end(), cells.begin(), cells.end());
            row.resize(all.front().size());
            all.push_back(row);
        }
        return all;
    }

private:
    Row m_titles;
    std::map<int, Row> m_rows;
};

/// Of the ends of an error, or of a spread over trials.
std::pair<QString, QString> endNames(bool estimated)
{
    return estimated ? std::pair(QStringLiteral("at least"), QStringLiteral("at most"))
                     : std::pair(QStringLiteral("16 %"), QStringLiteral("84 %"));
}

std::vector<Row> overDepth(const ChartModel& model)
{
    static const std::array<const char*, spectrum::quantileLevels.size()> levels = {
        "min", "5 %", "25 %", "median", "75 %", "95 %", "max"};
    const QString axis = axisOf(model);
    LayerTable table;
    for (const SeriesPointer& series : model.series) {
        const QString name = series->name;
        if (const auto* curve = std::get_if<DepthCurve>(&series->shape)) {
            table.add(QStringLiteral("%1: %2").arg(name, axis), curve->layers, curve->values);
            if (!curve->low.empty()) {
                const auto [lower, upper] = endNames(curve->estimated);
                table.add(QStringLiteral("%1: %2").arg(name, lower), curve->layers, curve->low);
                table.add(QStringLiteral("%1: %2").arg(name, upper), curve->layers, curve->high);
            }
        } else if (const auto* bands = std::get_if<DepthBands>(&series->shape)) {
            for (std::size_t i = 0; i < levels.size(); ++i) {
                table.add(
                    QStringLiteral("%1: %2 %3").arg(name, axis, QString::fromLatin1(levels[i])),
                    bands->layers, bands->quantiles[i]);
                if (!bands->low[i].empty()) {
                    const QString level = QString::fromLatin1(levels[i]);
                    const auto [lower, upper] = endNames(bands->estimated);
                    table.add(QStringLiteral("%1: %2, %3").arg(name, level, lower), bands->layers,
                              bands->low[i]);
                    table.add(QStringLiteral("%1: %2, %3").arg(name, level, upper), bands->layers,
                              bands->high[i]);
                }
            }
            table.add(QStringLiteral("%1: share of exact zeros").arg(name), bands->layers,
                      bands->zeroShare);
            table.add(QStringLiteral("%1: log10 resolution").arg(name), bands->layers,
                      bands->resolution);
        }
        if (const auto predicted = predictedBands(series->theory)) {
            for (std::size_t i = 0; i < predicted->quantiles.size(); ++i) {
                table.add(QStringLiteral("%1: predicted %2 %")
                              .arg(name)
                              .arg(100 * spectrum::quantileLevels[i]),
                          predicted->layers, predicted->quantiles[i]);
            }
        }
        if (const DepthCurve* theory = series->theory.current()) {
            table.add(QStringLiteral("%1: predicted %2").arg(name, axis), theory->layers,
                      theory->values);
            if (!theory->low.empty()) {
                table.add(QStringLiteral("%1: predicted, low").arg(name), theory->layers,
                          theory->low);
                table.add(QStringLiteral("%1: predicted, high").arg(name), theory->layers,
                          theory->high);
            }
        }
    }
    return table.rows();
}

std::vector<Row> atLayer(const ChartModel& model)
{
    std::vector<Row> rows{{QStringLiteral("run"), QStringLiteral("layer"),
                           QStringLiteral("%1 from").arg(axisOf(model)), QStringLiteral("to"),
                           QStringLiteral("density"), QStringLiteral("exact zeros"),
                           QStringLiteral("values in all"), QStringLiteral("error")}};
    for (const SeriesPointer& series : model.series) {
        const auto* density = std::get_if<Density>(&series->shape);
        if (density == nullptr) {
            continue;
        }
        for (std::size_t i = 0; i < density->heights.size(); ++i) {
            rows.push_back({series->name, QString::number(density->layer), exact(density->edges[i]),
                            exact(density->edges[i + 1]), exact(density->heights[i]),
                            QString::number(density->zeros), QString::number(density->total),
                            density->errors.empty() ? QString() : exact(density->errors[i])});
        }
    }
    return rows;
}

/// A column a run and companion, over the positions of all curves.
std::vector<Row> alongPositions(const ChartModel& model)
{
    std::map<double, Row> rows;
    Row titles{positionTitle(model)};
    const auto add = [&](const QString& title, const std::vector<double>& positions,
                         const std::vector<double>& values) {
        titles.push_back(title);
        for (std::size_t i = 0; i < std::min(positions.size(), values.size()); ++i) {
            Row& row = rows[positions[i]];
            row.resize(titles.size() - 1);
            row.back() = exact(values[i]);
        }
    };
    for (const SeriesPointer& series : model.series) {
        const auto* curve = std::get_if<diagnostics::Curve>(&series->shape);
        if (curve == nullptr) {
            continue;
        }
        const QString name = series->name;
        add(QStringLiteral("%1: %2").arg(name, axisOf(model)), curve->positions, curve->values);
        if (!curve->low.empty()) {
            add(QStringLiteral("%1: 16 %").arg(name), curve->positions, curve->low);
            add(QStringLiteral("%1: 84 %").arg(name), curve->positions, curve->high);
        }
        if (const auto* predicted = series->theory.currentPlaces()) {
            add(QStringLiteral("%1: predicted").arg(name), curve->positions, *predicted);
        }
        for (const auto& companion : curve->companions) {
            add(QStringLiteral("%1: %2").arg(name, QString::fromStdString(companion.name)),
                curve->positions, companion.values);
        }
    }
    std::vector<Row> all{titles};
    for (auto& [position, cells] : rows) {
        Row row{exact(position)};
        row.insert(row.end(), cells.begin(), cells.end());
        row.resize(titles.size());
        all.push_back(row);
    }
    return all;
}

/// Of the run that leads, as the picture is.
std::vector<Row> betweenPositions(const ChartModel& model)
{
    std::vector<Row> rows{{positionTitle(model), positionTitle(model), axisOf(model)}};
    if (const auto* field = model.leading<diagnostics::Field>()) {
        const std::size_t count = field->positions.size();
        for (std::size_t i = 0; i < field->values.size(); ++i) {
            rows.push_back({exact(field->positions[i / count]), exact(field->positions[i % count]),
                            exact(field->values[i])});
        }
    }
    return rows;
}

std::vector<Row> rowsOf(const ChartModel& model)
{
    switch (model.chart.view) {
    case ChartView::AtLayer:
    case ChartView::AtLayerLinear:
        return atLayer(model);
    case ChartView::AlongPositions:
        return alongPositions(model);
    case ChartView::BetweenPositions:
        return betweenPositions(model);
    case ChartView::OverDepth:
    case ChartView::MapOverDepth:
        break;
    }
    return overDepth(model);
}

QString quoted(QString cell, QChar separator)
{
    const QLatin1Char quote('"');
    const bool plain = !cell.contains(separator) && !cell.contains(quote) &&
                       !cell.contains(QLatin1Char('\n')) && !cell.contains(QLatin1Char('\r'));
    return plain ? cell : quote + cell.replace(quote, QStringLiteral("\"\"")) + quote;
}

QString tableOf(const ChartModel& model, QChar separator)
{
    QString text;
    for (const Row& row : rowsOf(model)) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += (i == 0 ? QString() : QString(separator)) + quoted(row[i], separator);
        }
        text += QLatin1Char('\n');
    }
    return text;
}

} // namespace

QString chartTable(const ChartRequest& request, QChar separator)
{
    const auto charts = request.chart ? std::vector<ChartId>{*request.chart} : dashboardCharts();
    QString text;
    for (const ChartId& chart : charts) {
        const ChartModel model = makeModel(chart, request.runs, request.selectedLayer);
        if (charts.size() > 1) {
            text += text.isEmpty() ? QString() : QStringLiteral("\n");
            text += chartTitle(model) + QLatin1Char('\n');
        }
        text += tableOf(model, separator);
    }
    return text;
}

} // namespace initlens::ui
