#include "ui/charts/chart_scene.h"

#include "ui/charts/chart_axes.h"
#include "ui/charts/chart_layers.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/density_items.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::ui {

namespace {

/// Up to here wide pens cost nothing that one could notice.
constexpr std::size_t fewPoints = 400;
constexpr double thinShare = 0.65;
constexpr double outlineOpacity = 0.6;
constexpr double densityOpacity = 0.34;
constexpr double spreadWidth = 1;
constexpr double pictureDotsPerPixel = 3;

/// Slots of a series' data, so that unchanged data are kept.
constexpr int levels = static_cast<int>(spectrum::quantileLevels.size());
enum Slot {
    Line,
    Low,
    High,
    ResolvedLine,
    ResolvedLow,
    ResolvedHigh,
    Quantile,
    SpreadLow = Quantile + levels,
    SpreadHigh = SpreadLow + levels
};

QColor withOpacity(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

QSharedPointer<QCPGraphDataContainer> pointsOf(const std::vector<double>& x,
                                               const std::vector<double>& y)
{
    QVector<QCPGraphData> points(static_cast<qsizetype>(x.size()));
    for (std::size_t i = 0; i < x.size(); ++i) {
        points[static_cast<qsizetype>(i)] = {x[i], y[i]};
    }
    auto data = QSharedPointer<QCPGraphDataContainer>::create();
    data->set(points, true);
    return data;
}

/// Values below the resolution are rounding noise: gaps.
std::vector<double> resolvedOnly(const DepthBands& bands, std::vector<double> values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] < bands.resolution[i]) {
            values[i] = std::numeric_limits<double>::quiet_NaN();
        }
    }
    return values;
}

bool standsBack(const Series& series)
{
    return series.outdated || series.previewWidth > 0;
}

QPen roundPen(const QColor& colour, double width, Qt::PenStyle style = Qt::SolidLine)
{
    return {colour, width, style, Qt::RoundCap, Qt::RoundJoin};
}

} // namespace

ChartScene::ChartScene(QCustomPlot& plot, Purpose purpose) : m_plot(plot), m_purpose(purpose)
{
    m_plot.setAutoAddPlottableToLegend(false);
    m_plot.setNoAntialiasingOnDrag(true);
    m_plot.plotLayout()->setMargins(QMargins(0, 0, 0, 0));
}

void ChartScene::show(const ChartModel& model, const ChartTheme& theme, const PlotRanges& ranges,
                      const QSizeF& size)
{
    m_theme = theme;
    m_previous.swap(m_containers);
    m_containers.clear();
    m_plot.clearPlottables();
    for (int i = m_plot.itemCount() - 1; i >= 0; --i) {
        if (m_plot.item(i)->layer()->mode() == QCPLayer::lmLogical) {
            m_plot.removeItem(i);
        }
    }
    styleAxes(m_plot, model, m_theme, size);
    m_plot.xAxis->setRange(ranges.horizontal.lower, ranges.horizontal.upper);
    m_plot.yAxis->setRange(ranges.vertical.lower, ranges.vertical.upper);
    addAllSeries(model);
    addStrip(model);
    addCompanions(model);
    if (const QStringList notes = noteLines(model, theme, size); !notes.isEmpty()) {
        new NotesItem(&m_plot, notes, m_theme);
    }
    if (!model.absence.isEmpty()) {
        new AbsenceItem(&m_plot, model.absence, m_theme);
    }
    m_previous.clear();
}

void ChartScene::addAllSeries(const ChartModel& model)
{
    // The limits of the leader's areas must not fade the lines of other runs.
    const bool leaderFirst = model.leading<DepthCurve>() == nullptr;
    const int count = static_cast<int>(model.series.size());
    if (leaderFirst && count > 0) {
        addSeries(model.series.back(), model, count - 1);
        addLimits(model);
    }
    for (int row = 0; row < count - (leaderFirst ? 1 : 0); ++row) {
        addSeries(model.series[static_cast<std::size_t>(row)], model, row);
    }
}

void ChartScene::addSeries(const SeriesPointer& series, const ChartModel& model, int row)
{
    const bool leads = series.get() == model.leader();
    if (const auto* curve = std::get_if<DepthCurve>(&series->shape)) {
        addCurve(series, *curve, model, row);
    } else if (const auto* bands = std::get_if<DepthBands>(&series->shape)) {
        if (leads) {
            addBands(series, *bands, model);
        } else {
            addOutline(series, *bands, model);
        }
        if (leads) {
            addPredictedBands(series);
        }
        addEdgeBar(series, bands->layers, bands->notFinite, Edge::Top, row);
    } else if (const auto* density = std::get_if<Density>(&series->shape)) {
        addDensity(series, *density, leads);
        if (leads) {
            addPredictedDensity(series, *density, model.valueScale());
        }
    } else if (const auto* along = std::get_if<diagnostics::Curve>(&series->shape)) {
        addAlong(series, *along, model);
    } else if (const auto* between = std::get_if<diagnostics::Field>(&series->shape)) {
        if (leads) {
            addBetween(*between, model);
        }
    } else {
        addTheory(*series, leads);
    }
}

void ChartScene::addCurve(const SeriesPointer& series, const DepthCurve& curve,
                          const ChartModel& model, int row)
{
    if (!curve.low.empty()) {
        addArea(series, Low, curve.layers, curve.low, curve.high);
    }
    addLine(series, Line, curve.layers, curve.values, curveWidth(curve.layers.size()));
    addTheory(*series, series.get() == model.leader());
    addMarkers(series, curve.layers, curve.values, model.lastLayer);
    addEdgeBar(series, curve.layers, curve.zeros, Edge::Bottom, row);
    addEdgeBar(series, curve.layers, curve.notFinite, Edge::Top, row);
}

void ChartScene::addBands(const SeriesPointer& series, const DepthBands& bands,
                          const ChartModel& model)
{
    if (bands.map) {
        const double pixelRatio =
            m_purpose == Purpose::Live ? m_plot.bufferDevicePixelRatio() : pictureDotsPerPixel;
        new DensityMapItem(&m_plot, bands, styleOf(*series).colour, pixelRatio, m_theme);
    }
    for (std::size_t i = 0; !bands.map && i < bands.quantiles.size() / 2; ++i) {
        addArea(series, Quantile + 2 * static_cast<int>(i), bands.layers, bands.quantiles[i],
                bands.quantiles[bands.quantiles.size() - 1 - i]);
    }
    if (!bands.map) {
        addSpread(series, bands);
    }
    const std::vector<double> median = resolvedOnly(bands, bands.median());
    QCPGraph* line = addLine(series, Line, bands.layers, median, curveWidth(bands.layers.size()));
    if (bands.map) {
        line->setPen(roundPen(m_theme.text, line->pen().widthF()));
        return;
    }
    addMarkers(series, bands.layers, median, model.lastLayer);
}

void ChartScene::addSpread(const SeriesPointer& series, const DepthBands& bands)
{
    for (const int level : {0, levels / 2, levels - 1}) {
        for (const auto& [slot, curves] :
             {std::pair(SpreadLow, &bands.low), std::pair(SpreadHigh, &bands.high)}) {
            const auto& values = (*curves)[static_cast<std::size_t>(level)];
            if (!values.empty()) {
                QCPGraph* graph = addLine(series, slot + level, bands.layers,
                                          resolvedOnly(bands, values), spreadWidth);
                graph->setPen({graph->pen().color(), spreadWidth, Qt::DotLine});
            }
        }
    }
}

void ChartScene::addOutline(const SeriesPointer& series, const DepthBands& bands,
                            const ChartModel& model)
{
    // Without room for a hatch of its own, a run ends where rounding noise begins.
    const double width = curveWidth(bands.layers.size());
    for (const auto& [slot, limit] :
         {std::pair(ResolvedLow, &bands.smallest()), std::pair(ResolvedHigh, &bands.largest())}) {
        QCPGraph* graph = addLine(series, slot, bands.layers, resolvedOnly(bands, *limit),
                                  std::max(thinShare * width, 1.0));
        QPen pen = graph->pen();
        pen.setColor(withOpacity(pen.color(), outlineOpacity));
        graph->setPen(pen);
    }
    const std::vector<double> median = resolvedOnly(bands, bands.median());
    addLine(series, ResolvedLine, bands.layers, median, width);
    addMarkers(series, bands.layers, median, model.lastLayer);
}

void ChartScene::addEdgeBar(const SeriesPointer& series, const std::vector<double>& layers,
                            const std::vector<double>& marked, Edge edge, int row)
{
    if (!marked.empty()) {
        new EdgeBarItem(&m_plot, stretchesOf(layers, marked), edge, row, styleOf(*series).colour);
    }
}

void ChartScene::addDensity(const SeriesPointer& series, const Density& density, bool leads)
{
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < density.heights.size(); ++i) {
        if (leads || density.edges[i] >= density.resolution) {
            if (x.empty()) {
                x.push_back(density.edges[i]);
                y.push_back(0);
            }
            x.insert(x.end(), {density.edges[i], density.edges[i + 1]});
            y.insert(y.end(), {density.heights[i], density.heights[i]});
        }
    }
    if (x.empty()) {
        return;
    }
    x.push_back(x.back());
    y.push_back(0);
    QCPGraph* graph =
        addLine(series, leads ? Line : ResolvedLine, x, y, leads ? 1 : curveWidth(x.size()));
    graph->setAdaptiveSampling(false);
    if (leads) {
        const double opacity = densityOpacity * (standsBack(*series) ? faintOpacity : 1);
        graph->setBrush(withOpacity(graph->pen().color(), opacity));
        addErrors(series, density);
    }
}

void ChartScene::addErrors(const SeriesPointer& series, const Density& density)
{
    for (const auto& [slot, sign] : {std::pair(Low, -1.0), std::pair(High, 1.0)}) {
        std::vector<double> x;
        std::vector<double> y;
        for (std::size_t i = 0; i < density.errors.size(); ++i) {
            const double limit = std::max(0.0, density.heights[i] + sign * density.errors[i]);
            x.insert(x.end(), {density.edges[i], density.edges[i + 1]});
            y.insert(y.end(), {limit, limit});
        }
        if (!x.empty()) {
            QCPGraph* graph = addLine(series, slot, x, y, spreadWidth);
            graph->setAdaptiveSampling(false);
            graph->setPen({graph->pen().color(), spreadWidth, Qt::DotLine});
        }
    }
}

void ChartScene::addMarkers(const SeriesPointer& series, const std::vector<double>& layers,
                            const std::vector<double>& values, int depth)
{
    std::vector<double> x;
    std::vector<double> y;
    for (const std::size_t i : markedPoints(layers, values, depth, series->style)) {
        x.push_back(layers[i]);
        y.push_back(values[i]);
    }
    addMarkersAt(series, x, y);
}

void ChartScene::addMarkersAt(const SeriesPointer& series, const std::vector<double>& x,
                              const std::vector<double>& y)
{
    const SeriesStyle style = styleOf(*series);
    QCPGraph* graph = addGraph(pointsOf(x, y));
    // QCustomPlot takes six units of a path for the size.
    const QPainterPath path = QTransform::fromScale(6, 6).map(markerPath(style.marker));
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setAdaptiveSampling(false);
    graph->setScatterStyle(
        QCPScatterStyle(path, QPen(m_theme.background, 0.7), style.colour, m_theme.markerSize));
}

void ChartScene::addLimits(const ChartModel& model)
{
    if (const auto* bands = model.leading<DepthBands>(); bands != nullptr) {
        std::vector<QPointF> line;
        bool noisy = false;
        for (std::size_t i = 0; i < bands->layers.size(); ++i) {
            noisy = noisy || bands->smallest()[i] < bands->resolution[i];
            if (std::isfinite(bands->resolution[i])) {
                line.emplace_back(bands->layers[i], bands->resolution[i]);
            }
        }
        if (noisy) {
            new ResolutionItem(&m_plot, std::move(line), m_theme);
        }
        if (bands->hasZeros()) {
            new ZeroStripItem(&m_plot, bands->layers, bands->zeroShare, zeroStripLabel(model),
                              m_theme);
        }
    }
    if (const auto* density = model.leading<Density>(); density != nullptr) {
        if (density->smallest < density->resolution) {
            new ResolutionBoundItem(&m_plot, density->resolution, m_theme);
        }
        if (density->zerosApart) {
            const auto zeros = static_cast<double>(density->zeros);
            new ZeroColumnItem(&m_plot, zeros / static_cast<double>(density->total), m_theme);
        }
    }
}

QCPGraph* ChartScene::addLine(const SeriesPointer& series, int slot, const std::vector<double>& x,
                              const std::vector<double>& y, double width)
{
    const SeriesStyle style = styleOf(*series);
    QCPGraph* graph = addGraph(container(series, slot, x, y));
    graph->setPen(roundPen(style.colour, width, style.line));
    return graph;
}

QCPGraph* ChartScene::addArea(const SeriesPointer& series, int slot,
                              const std::vector<double>& layers, const std::vector<double>& low,
                              const std::vector<double>& high)
{
    std::vector<double> x = layers;
    std::vector<double> bottom = low;
    std::vector<double> top = high;
    if (layers.size() == 1) {
        // One layer has no extent of its own: give the band a width.
        x = {layers.front() - 0.25, layers.front() + 0.25};
        bottom.push_back(low.front());
        top.push_back(high.front());
    }
    QCPGraph* lower = addGraph(container(series, slot, x, bottom));
    QCPGraph* upper = addGraph(container(series, slot + 1, x, top));
    lower->setPen(Qt::NoPen);
    upper->setPen(Qt::NoPen);
    const double opacity = m_theme.bandOpacity * (standsBack(*series) ? faintOpacity : 1);
    lower->setBrush(withOpacity(styleOf(*series).colour, opacity));
    lower->setChannelFillGraph(upper);
    return lower;
}

SeriesStyle ChartScene::styleOf(const Series& series) const
{
    SeriesStyle style = seriesStyle(m_theme, series.style);
    style.colour = withOpacity(style.colour, standsBack(series) ? faintOpacity : 1);
    return style;
}

QCPGraph* ChartScene::addGraph(Container data)
{
    QCPGraph* graph = m_plot.addGraph();
    graph->setData(std::move(data));
    graph->setSelectable(QCP::stNone);
    graph->setAntialiased(true);
    graph->setAntialiasedFill(true);
    return graph;
}

ChartScene::Container ChartScene::container(const Owner& owner, int slot,
                                            const std::vector<double>& x,
                                            const std::vector<double>& y)
{
    const std::pair key(owner, slot);
    auto known = m_previous.extract(key);
    if (known) {
        const Container data = known.mapped();
        m_containers.insert(std::move(known));
        return data;
    }
    return m_containers.emplace(key, pointsOf(x, y)).first->second;
}

double ChartScene::curveWidth(std::size_t points) const
{
    return m_purpose == Purpose::Live && points > fewPoints ? m_theme.denseCurveWidth
                                                            : m_theme.curveWidth;
}

} // namespace initlens::ui
