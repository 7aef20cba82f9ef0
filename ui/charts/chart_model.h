#pragma once

#include "ui/charts/chart_kind.h"
#include "ui/charts/density.h"
#include "ui/charts/shown_run.h"

#include <array>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace initlens::ui {

/// A profile, ready to draw: layers ascending, NaN for a gap.
struct DepthCurve {
    std::vector<double> layers;
    std::vector<double> values;
    std::vector<double> low;       ///< empty without a band
    std::vector<double> high;      ///< empty without a band
    std::vector<double> zeros;     ///< layers where the value is zero, which a log axis cannot show
    std::vector<double> notFinite; ///< layers where it is infinite or not a number
};

/// Quantiles of the singular values over depth, log10.
struct DepthBands {
    std::vector<double> layers;
    std::array<std::vector<double>, bandLevels.size()> quantiles;
    std::vector<double> zeroShare;  ///< exact zeros among all singular values, 0 to 1
    std::vector<double> resolution; ///< below it lies rounding noise; NaN where there is none
    std::vector<double> notFinite;  ///< layers whose Jacobian is infinite or not a number
    [[nodiscard]] const std::vector<double>& smallest() const { return quantiles.front(); }
    [[nodiscard]] const std::vector<double>& median() const { return quantiles[3]; }
    [[nodiscard]] const std::vector<double>& largest() const { return quantiles.back(); }
    [[nodiscard]] bool hasZeros() const;
};

using Shape = std::variant<std::monostate, DepthCurve, DepthBands, Density>;

/// What one run puts into one chart.
struct Series {
    int run = 0;
    QString name;
    int style = 0;
    bool current = false;
    bool complete = false; ///< every layer that the run measures is there, or will ever be
    bool outdated = false; ///< of an earlier spec of the run, until its own arrive
    QString otherScope;    ///< label of the scope, where it is not the leader's: nothing is drawn
    int selectedLayer = 0;
    diagnostics::ReadingPointer source;
    Shape shape;
};
using SeriesPointer = std::shared_ptr<const Series>;

/// All that a chart shows, as a value without colours or pixels.
struct ChartModel {
    ChartId chart;
    std::vector<SeriesPointer> series; ///< of the visible runs; the one that leads comes last
    int firstLayer = 1;
    int lastLayer = 1;
    int selectedLayer = 0;
    QString scope;   ///< id of the scope of the singular values
    QString absence; ///< why there is nothing to see; empty when there is something

    [[nodiscard]] diagnostics::Scale valueScale() const { return chart.diagnostic->scale; }
    /// The current run, or the last visible one; null when nothing is visible.
    [[nodiscard]] const Series* leader() const;
    template <class T>
    [[nodiscard]] const T* leading() const
    {
        return leader() == nullptr ? nullptr : std::get_if<T>(&leader()->shape);
    }
    [[nodiscard]] bool complete() const;
};

/// `previous` lends what has not changed since.
ChartModel makeModel(const ChartId& chart, const std::vector<ShownRun>& runs, int selectedLayer,
                     const ChartModel* previous = nullptr);

} // namespace initlens::ui
