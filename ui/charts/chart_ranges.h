#pragma once

#include "ui/charts/chart_model.h"
#include "ui/charts/chart_zoom.h"

#include <optional>

namespace initlens::ui {

/// What the axes of a chart must show to show all that is drawn.
AxisRange horizontalRange(const ChartModel& model);
AxisRange verticalRange(const ChartModel& model);

/// What the axes of a live chart show: all there is, held steady while curves grow, or the part
/// that somebody has zoomed into.
class ChartRanges {
public:
    void update(const ChartModel& model);
    void zoom(const PlotRanges& wish);
    /// True when there was a zoom to leave.
    bool reset();

    [[nodiscard]] bool isZoomed() const { return m_zoom.has_value(); }
    [[nodiscard]] PlotRanges shown() const
    {
        return m_zoom.value_or(m_whole.value_or(PlotRanges{}));
    }

private:
    std::optional<PlotRanges> m_whole;
    std::optional<PlotRanges> m_zoom;
    QSizeF m_narrowest;
};

} // namespace initlens::ui
