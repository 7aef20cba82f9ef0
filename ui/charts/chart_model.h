#pragma once

#include "ui/charts/chart_kind.h"
#include "ui/charts/density.h"
#include "ui/charts/depth_shapes.h"
#include "ui/charts/run_theory.h"
#include "ui/charts/shown_run.h"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace initlens::ui {

using Shape = std::variant<std::monostate, DepthCurve, DepthBands, Density, diagnostics::Curve,
                           diagnostics::Field>;

/// What one run puts into one chart.
struct Series {
    int run = 0;
    QString name;
    int style = 0;
    bool current = false;
    bool complete = false; ///< every layer that the run measures is there, or will ever be
    bool outdated = false; ///< of an earlier spec of the run, until its own arrive
    int previewWidth = 0;  ///< of the narrow network that it shows; 0: the run itself
    QString otherScope;    ///< label of the scope, where it is not the leader's: nothing is drawn
    int selectedLayer = 0;
    diagnostics::ReadingPointer source;
    Shape shape;
    RunTheory theory;
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

    /// Of the values, be they on the vertical axis or, at one layer, on the horizontal one.
    [[nodiscard]] diagnostics::Scale valueScale() const { return scaleOf(chart); }
    /// The current run, or the last visible one; of readings that not every run has, one that has
    /// it. Null when nothing is visible.
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
