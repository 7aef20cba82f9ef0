#include "ui/charts/axis_range.h"

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr double smallestDecades = 2;
constexpr double room = 0.05;
constexpr double worthSettling = 0.75;

AxisRange widened(const AxisRange& range, double size)
{
    const double missing = std::max(0.0, size - range.size());
    return {range.lower - missing / 2, range.upper + missing / 2};
}

AxisRange linearBase(const AxisRange& range)
{
    const double largest = std::max(std::abs(range.lower), std::abs(range.upper));
    if (largest == 0) {
        return {0, 1};
    }
    if (range.lower >= 0 && range.lower < range.upper / 2) {
        return {0, range.upper};
    }
    return widened(range, largest / 10);
}

} // namespace

void Extent::add(double value)
{
    if (!std::isfinite(value)) {
        return;
    }
    if (!m_range) {
        m_range = AxisRange{value, value};
        return;
    }
    m_range->lower = std::min(m_range->lower, value);
    m_range->upper = std::max(m_range->upper, value);
}

void Extent::add(const std::vector<double>& values)
{
    for (const double value : values) {
        add(value);
    }
}

double roundStep(double step)
{
    if (!(step > 0) || !std::isfinite(step)) {
        return 0;
    }
    const double power = std::pow(10.0, std::floor(std::log10(step)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        // A step that is round already must not slip to the next one by a rounding error.
        if (factor * power >= step * (1 - 1e-9)) {
            return factor * power;
        }
    }
    return 10 * power;
}

AxisRange valueRange(const Extent& extent, diagnostics::Scale scale)
{
    const bool decades = scale == diagnostics::Scale::Log10;
    const AxisRange shown = extent.range().value_or(decades ? AxisRange{-1, 1} : AxisRange{0, 1});
    const AxisRange base = decades ? widened(shown, smallestDecades) : linearBase(shown);
    const double margin = room * base.size();
    const double grid = roundStep(base.size() / 20);
    return {std::floor((base.lower - margin) / grid) * grid,
            std::ceil((base.upper + margin) / grid) * grid};
}

AxisRange layerRange(int first, int last)
{
    const double margin = std::max(0.5, 0.02 * (last - first));
    return {first - margin, last + margin};
}

AxisRange united(const AxisRange& a, const AxisRange& b)
{
    return {std::min(a.lower, b.lower), std::max(a.upper, b.upper)};
}

AxisRange steadyRange(const std::optional<AxisRange>& held, const AxisRange& needed, bool complete)
{
    if (!held) {
        return needed;
    }
    const bool settled = held->contains(needed) && needed.size() >= worthSettling * held->size();
    if (complete && !settled) {
        return needed;
    }
    return united(*held, needed);
}

} // namespace initlens::ui
