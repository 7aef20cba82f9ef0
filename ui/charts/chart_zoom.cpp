#include "ui/charts/chart_zoom.h"

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

AxisRange scaled(const AxisRange& range, double anchor, double factor)
{
    return {anchor + factor * (range.lower - anchor), anchor + factor * (range.upper - anchor)};
}

AxisRange allowed(const AxisRange& wish, const AxisRange& whole, double narrowest)
{
    const double size = std::max(wish.size(), std::min(narrowest, whole.size()));
    // Within a rounding error of the whole: the whole, exactly.
    if (!(size < whole.size() * (1 - 1e-9))) {
        return whole;
    }
    const double middle = (wish.lower + wish.upper) / 2;
    const double lower = std::clamp(middle - size / 2, whole.lower, whole.upper - size);
    return {lower, lower + size};
}

} // namespace

PlotRanges zoomedAround(const PlotRanges& shown, const QPointF& anchor, double factor,
                        Qt::Orientations axes)
{
    PlotRanges zoomed = shown;
    if (axes.testFlag(Qt::Horizontal)) {
        zoomed.horizontal = scaled(shown.horizontal, anchor.x(), factor);
    }
    if (axes.testFlag(Qt::Vertical)) {
        zoomed.vertical = scaled(shown.vertical, anchor.y(), factor);
    }
    return zoomed;
}

std::optional<PlotRanges> allowedZoom(const PlotRanges& wish, const PlotRanges& whole,
                                      const QSizeF& narrowest)
{
    const PlotRanges result = {allowed(wish.horizontal, whole.horizontal, narrowest.width()),
                               allowed(wish.vertical, whole.vertical, narrowest.height())};
    return result == whole ? std::nullopt : std::optional<PlotRanges>(result);
}

} // namespace initlens::ui
