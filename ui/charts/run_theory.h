#pragma once

#include "ui/charts/chart_kind.h"
#include "ui/charts/depth_shapes.h"
#include "ui/charts/shown_run.h"

#include <memory>

namespace initlens::ui {

/// What theory says of one run in one chart.
struct RunTheory {
    /// Null while it is unknown, and in charts that theory says nothing about.
    experiment::PredictionPointer source;
    bool outdated = false; ///< of an earlier spec of the run, until its own arrives
    const diagnostics::Diagnostic* diagnostic = nullptr; ///< what the chart shows
    /// Layers 1 to the last; null where theory has no value.
    std::shared_ptr<const DepthCurve> curve;

    /// The curve, unless it is outdated.
    [[nodiscard]] const DepthCurve* current() const { return outdated ? nullptr : curve.get(); }
    /// At the positions of a curve; null where theory has no values, and while it is outdated.
    [[nodiscard]] const std::vector<double>* currentPlaces() const;
    /// Why there is no prediction; empty when there is one, or may come.
    [[nodiscard]] QString whyNot() const;

    friend bool operator==(const RunTheory& a, const RunTheory& b)
    {
        return a.source == b.source && a.outdated == b.outdated;
    }
};

/// `known`, which may be null, lends its curve.
RunTheory theoryOf(const ShownRun& run, const ChartId& chart, const RunTheory* known);

/// What is measured minus what is predicted, on the scale of both, at the measured layers.
DepthCurve difference(const DepthCurve& measured, const DepthCurve& predicted);

/// The points of a curve that a picture needs: both ends as they are, a part of those between.
DepthCurve thinned(const DepthCurve& curve);

} // namespace initlens::ui
