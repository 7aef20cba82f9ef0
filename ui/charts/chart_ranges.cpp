#include "ui/charts/chart_ranges.h"

#include <algorithm>
#include <limits>

namespace initlens::ui {

namespace {

/// Zooming stops at so many layers, and at this share of an axis of values.
constexpr double fewestLayers = 2;
constexpr double smallestShare = 1e-3;
/// Of the axis, for the exact zeros beside it.
constexpr double zeroColumnShare = 0.14;
/// Beside the ends of a curve, of its extent or of what stands for that where there is none.
constexpr double positionSpare = 0.02;
constexpr double fewestPositions = 0.1;

/// The heights of the other runs that stay in view: a narrow spike may leave at the top, so that it
/// does not flatten the run that leads.
double tallestInView(const ChartModel& model)
{
    constexpr double timesTheLeader = 3;
    const auto* leading = model.leading<Density>();
    double tallest = 0;
    if (leading != nullptr) {
        for (std::size_t i = 0; i < leading->heights.size(); ++i) {
            if (leading->edges[i + 1] > leading->resolution) {
                tallest = std::max(tallest, leading->heights[i]);
            }
        }
    }
    return tallest > 0 ? timesTheLeader * tallest : std::numeric_limits<double>::infinity();
}

/// Predictions belong in view as far as they leave half of the axis to what is measured; while that
/// is still to come they say where it will be.
void addTheory(Extent& extent, const ChartModel& model)
{
    AxisRange allowed = {-std::numeric_limits<double>::infinity(),
                         std::numeric_limits<double>::infinity()};
    if (model.complete() && extent.range()) {
        const AxisRange measured = valueRange(extent, model.valueScale());
        allowed = {measured.lower - measured.size() / 2, measured.upper + measured.size() / 2};
    }
    for (const SeriesPointer& series : model.series) {
        const DepthCurve* theory = series->theory.current();
        if (theory == nullptr) {
            continue;
        }
        const bool leads = series.get() == model.leader();
        for (const auto* values : {&theory->values, &theory->low, &theory->high}) {
            if (values != &theory->values && !(leads && model.complete())) {
                continue;
            }
            for (const double value : *values) {
                if (value >= allowed.lower && value <= allowed.upper) {
                    extent.add(value);
                }
            }
        }
    }
}

void addCurve(Extent& extent, const diagnostics::Curve& curve, const ChartModel& model)
{
    extent.add(curve.values);
    extent.add(curve.low);
    extent.add(curve.high);
    if (!model.chart.diagnostic->companionsApart) {
        for (const auto& companion : curve.companions) {
            extent.add(companion.values);
        }
    }
}

/// From the first to the last position; half a cell more for the cells of a map.
AxisRange positionRange(const ChartModel& model)
{
    Extent extent;
    double cell = 0;
    for (const SeriesPointer& series : model.series) {
        if (const auto* curve = std::get_if<diagnostics::Curve>(&series->shape)) {
            extent.add(curve->positions);
        } else if (const auto* field = std::get_if<diagnostics::Field>(&series->shape);
                   field != nullptr && !field->positions.empty() &&
                   series.get() == model.leader()) {
            extent.add(field->positions);
            cell = (field->positions.back() - field->positions.front()) /
                   std::max(1.0, static_cast<double>(field->positions.size()) - 1);
        }
    }
    if (!extent.range()) {
        return {};
    }
    const double spare =
        cell > 0 ? cell / 2 : positionSpare * std::max(extent.range()->size(), fewestPositions);
    return {extent.range()->lower - spare, extent.range()->upper + spare};
}

} // namespace

AxisRange horizontalRange(const ChartModel& model)
{
    if (isOverDepth(model.chart.view)) {
        return layerRange(model.firstLayer, model.lastLayer);
    }
    if (!isAtLayer(model.chart.view)) {
        return positionRange(model);
    }
    Extent extent;
    for (const SeriesPointer& series : model.series) {
        if (const auto* density = std::get_if<Density>(&series->shape)) {
            extent.add(density->edges);
        }
    }
    AxisRange range = valueRange(extent, model.valueScale());
    if (const auto* leading = model.leading<Density>(); leading != nullptr && leading->zerosApart) {
        range.lower -= zeroColumnShare * range.size();
    }
    return range;
}

AxisRange verticalRange(const ChartModel& model)
{
    if (model.chart.view == ChartView::BetweenPositions) {
        return positionRange(model);
    }
    Extent extent;
    bool zeros = false;
    const double tallest = tallestInView(model);
    for (const SeriesPointer& series : model.series) {
        if (const auto* curve = std::get_if<DepthCurve>(&series->shape)) {
            extent.add(curve->values);
            extent.add(curve->low);
            extent.add(curve->high);
        } else if (const auto* bands = std::get_if<DepthBands>(&series->shape)) {
            for (std::size_t i = 0; i < bands->layers.size(); ++i) {
                // Of the others only what rises above the rounding noise is drawn.
                if (series.get() == model.leader() ||
                    !(bands->smallest()[i] < bands->resolution[i])) {
                    extent.add(!bands->low.front().empty() ? bands->low.front()[i]
                                                           : bands->smallest()[i]);
                }
            }
            extent.add(bands->largest());
            extent.add(bands->high.back());
            zeros = zeros || (series.get() == model.leader() && bands->hasZeros());
        } else if (const auto* density = std::get_if<Density>(&series->shape)) {
            for (std::size_t i = 0; i < density->heights.size(); ++i) {
                // Rounding noise must not set the scale.
                if (density->edges[i + 1] > density->resolution) {
                    extent.add(std::min(density->heights[i], tallest));
                }
            }
            extent.add(0);
        } else if (const auto* along = std::get_if<diagnostics::Curve>(&series->shape)) {
            addCurve(extent, *along, model);
            if (const auto* predicted = series->theory.currentPlaces()) {
                extent.add(*predicted);
            }
        }
    }
    if (isAtLayer(model.chart.view)) {
        AxisRange range = valueRange(extent, diagnostics::Scale::Linear);
        range.lower = 0;
        return range;
    }
    addTheory(extent, model);
    AxisRange range = valueRange(extent, model.valueScale());
    if (zeros) {
        range.lower -= 0.14 * range.size();
    }
    return range;
}

void ChartRanges::update(const ChartModel& model)
{
    const bool overDepth = isOverDepth(model.chart.view);
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
