#include "ui/charts/chart_scene.h"

#include "ui/charts/axis_range.h"
#include "ui/charts/chart_axes.h"
#include "ui/charts/theory_text.h"

#include <algorithm>

namespace initlens::ui {

namespace {

/// QCustomPlot takes a pen of width 1 for one dot of the screen, however fine that is.
constexpr double lineWidth = 1;
constexpr double scaledLineWidth = 1.1;
/// Of the text's colour in that of a run, so that dashes show on the curve that they agree with.
constexpr double textShare = 0.5;
/// Of the opacity of a measured band.
constexpr double bandShare = 0.6;
const QList<qreal> dashes = {6, 4};

enum Slot { Line, Low, High };
/// Of the data of a series, beside those that the scene itself keeps.
constexpr int stripSlot = 1000;
constexpr double stripStretch = 0.34;
constexpr double narrowestStrip = 0.05;
constexpr double stripRoom = 1.15;

QColor mixed(const QColor& a, const QColor& b, double shareOfB)
{
    const auto mix = [shareOfB](float x, float y) {
        return static_cast<float>((1 - shareOfB) * static_cast<double>(x) +
                                  shareOfB * static_cast<double>(y));
    };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()),
                            mix(a.blueF(), b.blueF()), a.alphaF());
}

/// One layer has no extent of its own: a dash of half a layer.
DepthCurve drawable(const DepthCurve& curve)
{
    DepthCurve part = thinned(curve);
    if (part.layers.size() == 1) {
        part.layers = {part.layers.front() - 0.25, part.layers.front() + 0.25};
        for (auto* values : {&part.values, &part.low, &part.high}) {
            if (!values->empty()) {
                values->push_back(values->front());
            }
        }
    }
    return part;
}

} // namespace

bool ChartScene::knows(const Owner& owner, int slot) const
{
    return m_previous.count({owner, slot}) > 0 || m_containers.count({owner, slot}) > 0;
}

void ChartScene::addTheory(const Series& series, bool leads)
{
    const auto& curve = series.theory.curve;
    if (curve == nullptr) {
        return;
    }
    const bool banded = leads && !curve->low.empty();
    const bool known = knows(curve, Line) && (!banded || knows(curve, Low));
    const DepthCurve part = known ? DepthCurve() : drawable(*curve);
    QColor colour = seriesStyle(m_theme, series.style).colour;
    const double opacity = series.theory.outdated ? faintOpacity : 1;
    if (banded) {
        QCPGraph* lower = addGraph(container(curve, Low, part.layers, part.low));
        QCPGraph* upper = addGraph(container(curve, High, part.layers, part.high));
        lower->setPen(Qt::NoPen);
        upper->setPen(Qt::NoPen);
        colour.setAlphaF(static_cast<float>(bandShare * m_theme.bandOpacity * opacity));
        lower->setBrush(colour);
        lower->setChannelFillGraph(upper);
    }
    addGraph(container(curve, Line, part.layers, part.values))->setPen(theoryPen(series));
}

QPen ChartScene::theoryPen(const Series& series) const
{
    QColor colour = seriesStyle(m_theme, series.style).colour;
    colour.setAlphaF(static_cast<float>(series.theory.outdated ? faintOpacity : 1));
    const bool fine = m_purpose == Purpose::Picture || m_plot.bufferDevicePixelRatio() > 1;
    QPen pen(mixed(colour, m_theme.text, textShare), fine ? scaledLineWidth : lineWidth);
    pen.setCapStyle(Qt::FlatCap);
    pen.setDashPattern(dashes);
    return pen;
}

void ChartScene::addStrip(const ChartModel& model)
{
    if (!model.chart.strip) {
        return;
    }
    QCPAxisRect& strip = lane(0);
    m_plot.plotLayout()->setRowStretchFactor(1, stripStretch);
    styleStrip(m_plot, strip, model, m_theme);
    double largest = narrowestStrip;
    for (const SeriesPointer& series : model.series) {
        const auto* curve = std::get_if<DepthCurve>(&series->shape);
        const DepthCurve* theory = series->theory.current();
        if (curve == nullptr || theory == nullptr || series->outdated) {
            continue;
        }
        const DepthCurve part = difference(*curve, *theory);
        Extent extent;
        extent.add(part.values);
        if (extent.range()) {
            largest = std::max({largest, -extent.range()->lower, extent.range()->upper});
        }
        QCPGraph* graph =
            m_plot.addGraph(strip.axis(QCPAxis::atBottom), strip.axis(QCPAxis::atLeft));
        graph->setData(container(series, stripSlot, part.layers, part.values));
        graph->setSelectable(QCP::stNone);
        graph->setAntialiased(true);
        graph->setPen(QPen(styleOf(*series).colour, lineWidth));
    }
    strip.axis(QCPAxis::atLeft)->setRange(-stripRoom * largest, stripRoom * largest);
    addLaneTitle(strip, stripTitle(model));
}

QCPAxisRect& ChartScene::lane(std::size_t index)
{
    while (m_lanes.size() <= index) {
        auto* rect = new QCPAxisRect(&m_plot);
        m_plot.plotLayout()->addElement(static_cast<int>(m_lanes.size()) + 1, 0, rect);
        m_plot.plotLayout()->setRowSpacing(0);
        m_lanes.emplace_back(rect);
        auto* group = new QCPMarginGroup(&m_plot);
        m_plot.axisRect()->setMarginGroup(QCP::msLeft | QCP::msRight, group);
        for (const auto& each : m_lanes) {
            each->setMarginGroup(QCP::msLeft | QCP::msRight, group);
        }
    }
    return *m_lanes[index];
}

void ChartScene::addLaneTitle(QCPAxisRect& rect, const QString& text)
{
    auto* label = new QCPItemText(&m_plot);
    label->setClipAxisRect(&rect);
    label->position->setType(QCPItemPosition::ptAxisRectRatio);
    label->position->setAxisRect(&rect);
    label->position->setCoords(0, 0);
    label->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setPadding({4, 1, 4, 0});
    label->setBrush(m_theme.background);
    label->setFont(chartFont(m_theme, m_theme.smallTextSize));
    label->setColor(m_theme.mutedText);
    label->setSelectable(false);
    label->setText(text);
}

} // namespace initlens::ui
