#pragma once

#include "ui/charts/axis_range.h"

#include <QPointF>
#include <QSizeF>

#include <optional>

namespace initlens::ui {

struct PlotRanges {
    AxisRange horizontal;
    AxisRange vertical;
    friend bool operator==(const PlotRanges&, const PlotRanges&) = default;
};

/// The ranges `factor` times as wide, with the anchor where it was.
PlotRanges zoomedAround(const PlotRanges& shown, const QPointF& anchor, double factor,
                        Qt::Orientations axes);

/// What may be shown of a wish: inside of the whole, and neither axis narrower than `narrowest`
/// sizes. Nothing when that is the whole itself.
std::optional<PlotRanges> allowedZoom(const PlotRanges& wish, const PlotRanges& whole,
                                      const QSizeF& narrowest);

} // namespace initlens::ui
