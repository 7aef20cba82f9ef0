#include "ui/charts/chart_ranges.h"

namespace initlens::ui {

namespace {

/// Zooming stops at so many layers, and at this share of an axis of values.
constexpr double fewestLayers = 2;
constexpr double smallestShare = 1e-3;

} // namespace

void ChartRanges::update(const ChartModel& model)
{
    const bool overDepth = model.chart.view == ChartView::OverDepth;
    const PlotRanges needed = {horizontalRange(model), verticalRange(model)};
    const PlotRanges held = m_whole.value_or(needed);
    const bool complete = model.complete();
    // The depth is known from the start; what the values reach is not.
    m_whole = {overDepth ? needed.horizontal
                         : steadyRange(held.horizontal, needed.horizontal, complete),
               steadyRange(held.vertical, needed.vertical, complete)};
    m_narrowest = {overDepth ? fewestLayers : smallestShare * m_whole->horizontal.size(),
                   smallestShare * m_whole->vertical.size()};
    if (m_zoom) {
        zoom(*m_zoom);
    }
}

void ChartRanges::zoom(const PlotRanges& wish)
{
    if (m_whole) {
        m_zoom = allowedZoom(wish, *m_whole, m_narrowest);
    }
}

bool ChartRanges::reset()
{
    const bool zoomed = m_zoom.has_value();
    m_zoom.reset();
    return zoomed;
}

} // namespace initlens::ui
