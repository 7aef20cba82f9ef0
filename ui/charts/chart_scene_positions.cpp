#include "ui/charts/chart_scene.h"

#include "ui/charts/axis_range.h"
#include "ui/charts/chart_axes.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/phase_colours.h"
#include "ui/charts/tickers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace initlens::ui {

namespace {

/// Slots of the data of a curve, beside those of other shapes.
enum Slot { Values, Low, High, Predicted, Companions };

/// Up to so many points each has a marker: a line between few of them is a guide to the eye.
constexpr std::size_t fewPoints = 40;
constexpr double companionWidth = 1;
constexpr double laneStretch = 0.5;
constexpr int laneGap = 8;
constexpr int colourBarWidth = 12;

} // namespace

void ChartScene::addAlong(const SeriesPointer& series, const diagnostics::Curve& curve,
                          const ChartModel& model)
{
    const bool leads = series.get() == model.leader();
    if (!curve.low.empty()) {
        addArea(series, Low, curve.positions, curve.low, curve.high);
    }
    static const std::array<Qt::PenStyle, 2> lines = {Qt::DotLine, Qt::DashDotLine};
    for (std::size_t i = 0;
         leads && !model.chart.diagnostic->companionsApart && i < curve.companions.size(); ++i) {
        QCPGraph* graph = addLine(series, Companions + static_cast<int>(i), curve.positions,
                                  curve.companions[i].values, companionWidth);
        graph->setPen(QPen(m_theme.mutedText, companionWidth, lines[i % lines.size()]));
    }
    addLine(series, Values, curve.positions, curve.values, curveWidth(curve.positions.size()));
    if (curve.positions.size() <= fewPoints) {
        addMarkersAt(series, curve.positions, curve.values);
    }
    if (const auto* predicted = series->theory.currentPlaces();
        predicted != nullptr && predicted->size() == curve.positions.size()) {
        addLine(series, Predicted, curve.positions, *predicted, companionWidth)
            ->setPen(theoryPen(*series));
    }
}

void ChartScene::addCompanions(const ChartModel& model)
{
    const auto* curve = model.leading<diagnostics::Curve>();
    const std::size_t count =
        curve != nullptr && model.chart.diagnostic->companionsApart ? curve->companions.size() : 0;
    for (std::size_t i = 0; i < count; ++i) {
        QCPAxisRect& rect = lane(i);
        m_plot.plotLayout()->setRowStretchFactor(static_cast<int>(i) + 1, laneStretch);
        const QString title = m_plot.xAxis->label();
        styleStrip(m_plot, rect, model, m_theme);
        QCPAxis* horizontal = rect.axis(QCPAxis::atBottom);
        QCPAxis* vertical = rect.axis(QCPAxis::atLeft);
        horizontal->setTickLabels(i + 1 == count);
        if (i + 1 < count) {
            m_plot.xAxis->setLabel(title);
            horizontal->setLabel({});
            QMargins margins = rect.minimumMargins();
            margins.setBottom(laneGap);
            rect.setMinimumMargins(margins);
        }
        Extent extent;
        extent.add(curve->companions[i].values);
        const AxisRange range = valueRange(extent, diagnostics::Scale::Linear);
        vertical->setRange(range.lower, range.upper);
        QCPGraph* graph = m_plot.addGraph(horizontal, vertical);
        graph->setData(container(model.series.back(), Companions + static_cast<int>(i),
                                 curve->positions, curve->companions[i].values));
        graph->setSelectable(QCP::stNone);
        graph->setAntialiased(true);
        graph->setPen(QPen(m_theme.mutedText, companionWidth));
        addLaneTitle(rect, QString::fromStdString(curve->companions[i].name));
    }
}

void ChartScene::addBetween(const diagnostics::Field& field, const ChartModel& model)
{
    const auto count = static_cast<int>(field.positions.size());
    const double end = count < 2 ? 0 : colourEnd(field);
    if (!(end > 0)) {
        return;
    }
    auto* map = new QCPColorMap(m_plot.xAxis, m_plot.yAxis);
    map->data()->setSize(count, count);
    map->data()->setRange({field.positions.front(), field.positions.back()},
                          {field.positions.front(), field.positions.back()});
    for (int row = 0; row < count; ++row) {
        for (int column = 0; column < count; ++column) {
            map->data()->setCell(column, row,
                                 field.values[static_cast<std::size_t>(row * count + column)]);
        }
    }
    map->setInterpolate(false);
    map->setSelectable(QCP::stNone);
    map->setGradient(phaseGradient(m_theme, PhaseColouring::Slope));
    map->setDataRange({-end, end});
    if (m_colours == nullptr) {
        m_colours = new QCPColorScale(&m_plot);
        m_plot.plotLayout()->addElement(0, 1, m_colours);
        m_colours->setBarWidth(colourBarWidth);
        m_colours->setRangeDrag(false);
        m_colours->setRangeZoom(false);
        auto* group = new QCPMarginGroup(&m_plot);
        m_plot.axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, group);
        m_colours->setMarginGroup(QCP::msTop | QCP::msBottom, group);
    }
    m_colours->setGradient(map->gradient());
    m_colours->setDataRange(map->dataRange());
    styleColourScale(*m_colours, model, m_theme);
}

} // namespace initlens::ui
