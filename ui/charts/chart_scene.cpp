#include "ui/charts/chart_scene.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/plot_items.h"
#include "ui/charts/tickers.h"

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

/// Up to here wide pens cost nothing that one could notice.
constexpr std::size_t fewPoints = 400;
constexpr double thinShare = 0.65;
constexpr double densityOpacity = 0.34;

/// Slots of a series' data, so that unchanged data are kept.
enum Slot { Line, Low, High, Marks, Quantile = 10 };

QColor withOpacity(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
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

void ChartScene::show(const ChartModel& model, const ChartTheme& theme,
                      const AxisRange& horizontal, const AxisRange& vertical)
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
    applyTheme(model);
    m_plot.xAxis->setRange(horizontal.lower, horizontal.upper);
    m_plot.yAxis->setRange(vertical.lower, vertical.upper);
    int row = 0;
    for (const SeriesPointer& series : model.series) {
        addSeries(series, model, row++);
    }
    addLimits(model);
    m_previous.clear();
}

void ChartScene::applyTheme(const ChartModel& model)
{
    m_plot.setBackground(QBrush(m_theme.background));
    m_plot.axisRect()->setBackground(QBrush(m_theme.background));
    const QStringList notes = chartNotes(model);
    const int top = notes.isEmpty() ? 10 : 12 + m_theme.smallTextSize;
    m_plot.axisRect()->setMinimumMargins(QMargins(4 * m_theme.textSize + 16, top, 16, 20));
    if (!notes.isEmpty()) {
        new NotesItem(&m_plot, notes.join(QStringLiteral("   ·   ")), m_theme);
    }

    const bool overDepth = model.chart.view == ChartView::OverDepth;
    const bool powers = model.valueScale() == diagnostics::Scale::Log10;
    const auto valueTicker = [&]() -> QSharedPointer<QCPAxisTicker> {
        if (powers) {
            return QSharedPointer<PowerTicker>::create();
        }
        return QSharedPointer<NumberTicker>::create();
    };
    if (overDepth) {
        m_plot.xAxis->setTicker(QSharedPointer<LayerTicker>::create());
        m_plot.yAxis->setTicker(valueTicker());
    } else {
        m_plot.xAxis->setTicker(valueTicker());
        m_plot.yAxis->setTicker(QSharedPointer<NumberTicker>::create());
    }
    m_plot.xAxis->ticker()->setTickCount(6);
    m_plot.yAxis->ticker()->setTickCount(5);
    applyTheme(*m_plot.xAxis, horizontalTitle(model));
    applyTheme(*m_plot.yAxis, verticalTitle(model));
    m_plot.xAxis->grid()->setVisible(false);
}

void ChartScene::applyTheme(QCPAxis& axis, const QString& title)
{
    const QPen line(m_theme.axis, m_theme.axisWidth);
    const QFont font = chartFont(m_theme, m_theme.textSize);
    axis.setBasePen(line);
    axis.setSelectedBasePen(line);
    axis.setTickPen(line);
    axis.setSelectedTickPen(line);
    axis.setSubTickPen(line);
    axis.setSelectedSubTickPen(line);
    axis.setTickLength(0, 4);
    axis.setSubTickLength(0, 2);
    axis.setTickLabelFont(font);
    axis.setSelectedTickLabelFont(font);
    axis.setTickLabelColor(m_theme.mutedText);
    axis.setSelectedTickLabelColor(m_theme.mutedText);
    axis.setLabelFont(font);
    axis.setSelectedLabelFont(font);
    axis.setLabelColor(m_theme.mutedText);
    axis.setSelectedLabelColor(m_theme.mutedText);
    axis.setLabel(title);
    axis.setLabelPadding(4);
    axis.setTickLabelPadding(5);
    axis.grid()->setPen(QPen(m_theme.grid, m_theme.gridWidth));
    axis.grid()->setZeroLinePen(QPen(m_theme.grid, m_theme.gridWidth));
    axis.grid()->setSubGridVisible(false);
    axis.grid()->setAntialiased(false);
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
            addOutline(series, *bands);
            addMarkers(series, bands->layers, bands->median(), model.lastLayer);
        }
    } else if (const auto* density = std::get_if<Density>(&series->shape)) {
        addDensity(series, *density, leads);
    }
}

void ChartScene::addCurve(const SeriesPointer& series, const DepthCurve& curve,
                          const ChartModel& model, int row)
{
    if (!curve.low.empty()) {
        addArea(series, Low, curve.layers, curve.low, curve.high);
    }
    addLine(series, Line, curve.layers, curve.values, curveWidth(curve.layers.size()));
    addMarkers(series, curve.layers, curve.values, model.lastLayer);
    const QColor colour = seriesStyle(m_theme, series->style).colour;
    if (!curve.zeros.empty()) {
        new EdgeBarItem(&m_plot, curve.zeros, Edge::Bottom, row, colour);
    }
    if (!curve.notFinite.empty()) {
        new EdgeBarItem(&m_plot, curve.notFinite, Edge::Top, row, colour);
    }
}

void ChartScene::addBands(const SeriesPointer& series, const DepthBands& bands,
                          const ChartModel& model)
{
    for (std::size_t i = 0; i < bands.quantiles.size() / 2; ++i) {
        addArea(series, Quantile + 2 * static_cast<int>(i), bands.layers, bands.quantiles[i],
                bands.quantiles[bands.quantiles.size() - 1 - i]);
    }
    addLine(series, Line, bands.layers, bands.median(), curveWidth(bands.layers.size()));
    addMarkers(series, bands.layers, bands.median(), model.lastLayer);
}

void ChartScene::addOutline(const SeriesPointer& series, const DepthBands& bands)
{
    const double width = thinShare * curveWidth(bands.layers.size());
    for (const auto* limit : {&bands.smallest(), &bands.largest()}) {
        QCPGraph* graph = addLine(series, limit == &bands.smallest() ? Low : High, bands.layers,
                                  *limit, std::max(width, 1.0));
        QPen pen = graph->pen();
        pen.setColor(withOpacity(pen.color(), 0.6));
        graph->setPen(pen);
    }
    addLine(series, Line, bands.layers, bands.median(), curveWidth(bands.layers.size()));
}

void ChartScene::addDensity(const SeriesPointer& series, const Density& density, bool leads)
{
    if (density.heights.empty()) {
        return;
    }
    std::vector<double> x{density.edges.front()};
    std::vector<double> y{0};
    for (std::size_t i = 0; i < density.heights.size(); ++i) {
        x.insert(x.end(), {density.edges[i], density.edges[i + 1]});
        y.insert(y.end(), {density.heights[i], density.heights[i]});
    }
    x.push_back(density.edges.back());
    y.push_back(0);
    QCPGraph* graph = addLine(series, Line, x, y, leads ? 1 : curveWidth(x.size()));
    graph->setAdaptiveSampling(false);
    if (leads) {
        graph->setBrush(withOpacity(graph->pen().color(), densityOpacity));
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
    const SeriesStyle style = seriesStyle(m_theme, series->style);
    QCPGraph* graph = addGraph(container(series, Marks, x, y));
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
        for (std::size_t i = 0; i < bands->layers.size(); ++i) {
            if (std::isfinite(bands->resolution[i])) {
                line.emplace_back(bands->layers[i], bands->resolution[i]);
            }
        }
        if (!line.empty()) {
            new ResolutionItem(&m_plot, std::move(line), m_theme);
        }
        if (bands->hasZeros()) {
            new ZeroStripItem(&m_plot, bands->layers, bands->zeroShare, zeroStripLabel(model),
                              m_theme);
        }
    }
    if (const auto* density = model.leading<Density>();
        density != nullptr && std::isfinite(density->resolution)) {
        new ResolutionBoundItem(&m_plot, density->resolution, m_theme);
    }
}

QCPGraph* ChartScene::addLine(const SeriesPointer& series, int slot, const std::vector<double>& x,
                              const std::vector<double>& y, double width)
{
    const SeriesStyle style = seriesStyle(m_theme, series->style);
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
    lower->setBrush(withOpacity(seriesStyle(m_theme, series->style).colour, m_theme.bandOpacity));
    lower->setChannelFillGraph(upper);
    return lower;
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

ChartScene::Container ChartScene::container(const SeriesPointer& series, int slot,
                                            const std::vector<double>& x,
                                            const std::vector<double>& y)
{
    const std::pair key(series, slot);
    auto known = m_previous.extract(key);
    if (known) {
        const Container data = known.mapped();
        m_containers.insert(std::move(known));
        return data;
    }
    QVector<QCPGraphData> points(static_cast<qsizetype>(x.size()));
    for (std::size_t i = 0; i < x.size(); ++i) {
        points[static_cast<qsizetype>(i)] = {x[i], y[i]};
    }
    auto data = Container::create();
    data->set(points, true);
    m_containers.emplace(key, data);
    return data;
}

double ChartScene::curveWidth(std::size_t points) const
{
    return m_purpose == Purpose::Live && points > fewPoints ? m_theme.denseCurveWidth
                                                             : m_theme.curveWidth;
}

} // namespace initlens::ui
