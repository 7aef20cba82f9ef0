#include "ui/charts/function_plot.h"

#include "ui/charts/chart_text.h"

#include <qcustomplot.h>

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr int plotHeight = 168;

void styleAxis(QCPAxis& axis, const ChartTheme& theme)
{
    const QPen pen(theme.axis, theme.axisWidth);
    axis.setBasePen(pen);
    axis.setTickPen(pen);
    axis.setSubTicks(false);
    axis.setTickLengthIn(0);
    axis.setTickLengthOut(3);
    axis.setTickLabelColor(theme.mutedText);
    axis.setTickLabelFont(chartFont(theme, theme.smallTextSize));
    axis.setLabelColor(theme.mutedText);
    axis.setLabelFont(chartFont(theme, theme.smallTextSize));
    axis.grid()->setPen(QPen(theme.grid, theme.gridWidth));
    axis.grid()->setZeroLinePen(pen);
    axis.ticker()->setTickCount(4);
}

} // namespace

FunctionPlot::FunctionPlot(QWidget* parent)
    : QWidget(parent), m_plot(new QCustomPlot(this)), m_theme(lightChartTheme())
{
    setFixedHeight(plotHeight);
    m_plot->setInteractions(QCP::iNone);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setNoAntialiasingOnDrag(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    draw();
}

void FunctionPlot::setCurve(std::vector<double> h, std::vector<double> value,
                            std::vector<double> slope)
{
    m_h = std::move(h);
    m_value = std::move(value);
    m_slope = std::move(slope);
    draw();
}

void FunctionPlot::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    draw();
}

void FunctionPlot::addCurves(const std::vector<double>& values, const QPen& pen,
                             const QString& name)
{
    for (std::size_t first = 0; first + m_h.size() <= values.size(); first += m_h.size()) {
        QCPGraph* graph = m_plot->addGraph();
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
        graph->setData(QVector<double>(m_h.begin(), m_h.end()),
                       QVector<double>(begin, begin + static_cast<std::ptrdiff_t>(m_h.size())),
                       true);
        graph->setPen(pen);
        graph->setAntialiased(true);
        graph->setName(name);
        if (first > 0) {
            graph->removeFromLegend();
        }
    }
}

void FunctionPlot::draw()
{
    m_plot->clearGraphs();
    m_plot->setBackground(QBrush(m_theme.background));
    m_plot->axisRect()->setBackground(QBrush(m_theme.background));
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        styleAxis(*axis, m_theme);
    }
    m_plot->legend->setVisible(true);
    m_plot->legend->setBrush(Qt::NoBrush);
    m_plot->legend->setBorderPen(Qt::NoPen);
    m_plot->legend->setFont(chartFont(m_theme, m_theme.smallTextSize));
    m_plot->legend->setTextColor(m_theme.text);
    m_plot->legend->setIconSize(18, 8);
    m_plot->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignLeft);
    if (!m_h.empty()) {
        addCurves(m_slope, QPen(seriesStyle(m_theme, 1).colour, m_theme.curveWidth, Qt::DashLine),
                  QStringLiteral("φ′"));
        addCurves(m_value, QPen(seriesStyle(m_theme, 0).colour, m_theme.curveWidth),
                  QStringLiteral("φ"));
        const auto [low, high] = std::minmax_element(m_value.begin(), m_value.end());
        const auto [lowSlope, highSlope] = std::minmax_element(m_slope.begin(), m_slope.end());
        const double from = std::min({*low, *lowSlope, 0.0});
        const double to = std::max({*high, *highSlope, 0.0});
        const double margin = std::max(0.06 * (to - from), 1e-9);
        m_plot->xAxis->setRange(m_h.front(), m_h.back());
        m_plot->yAxis->setRange(from - margin, to + margin);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace initlens::ui
