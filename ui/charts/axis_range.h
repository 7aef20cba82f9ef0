#pragma once

#include "core/diagnostics/reading.h"

#include <optional>
#include <vector>

namespace initlens::ui {

struct AxisRange {
    double lower = 0;
    double upper = 1;

    [[nodiscard]] double size() const { return upper - lower; }
    [[nodiscard]] bool contains(const AxisRange& other) const
    {
        return lower <= other.lower && upper >= other.upper;
    }
    friend bool operator==(const AxisRange&, const AxisRange&) = default;
};

/// The smallest and largest of the finite numbers that were added.
class Extent {
public:
    void add(double value);
    void add(const std::vector<double>& values);
    [[nodiscard]] const std::optional<AxisRange>& range() const { return m_range; }

private:
    std::optional<AxisRange> m_range;
};

/// The smallest of 1, 2 and 5 times a power of ten that is not below `step`.
double roundStep(double step);

/// The range of an axis that shows the extent: not too narrow, with room to breathe, ends rounded
/// outwards so that a growing curve seldom moves the axis.
AxisRange valueRange(const Extent& extent, diagnostics::Scale scale);

/// The layers first to last with half a layer or more to spare on both sides.
AxisRange layerRange(int first, int last);

AxisRange united(const AxisRange& a, const AxisRange& b);

/// What an axis shows next: it only grows while curves grow; once they are `complete` it settles on
/// what they need, unless that is nearly what it shows already.
AxisRange steadyRange(const std::optional<AxisRange>& held, const AxisRange& needed, bool complete);

} // namespace initlens::ui
