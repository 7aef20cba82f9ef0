#pragma once

#include "ui/charts/chart_model.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace initlens::ui {

/// The layers of a shape over depth; null for the others.
const std::vector<double>* layersOf(const Shape& shape);

/// The layers at which the chart has something to say, ascending, over all its runs and theory.
std::vector<int> measuredLayers(const ChartModel& model);

/// The one of these nearest to `layer`, in a chart over depth.
std::optional<int> nearestLayer(const ChartModel& model, double layer);

/// The position of a curve that is nearest to a place on its axis; the one so many positions after
/// it, or before it, where the ends hold. Nothing where the curve is empty.
std::optional<double> nearestPosition(const diagnostics::Curve& curve, double place, int steps = 0);

/// The measured layer so many places after `layer`, or before it; the ends hold. Without a layer to
/// start from it is the first or, backwards, the last one.
std::optional<int> steppedLayer(const ChartModel& model, std::optional<int> layer, int steps);

/// Positions of the points that carry a marker: about nine along the depth, at layers that do not
/// depend on how much has arrived, and every point that no line would show.
std::vector<std::size_t> markedPoints(const std::vector<double>& layers,
                                      const std::vector<double>& values, int depth, int style);

/// Neighbours among the marked layers, as first and last; each reaches halfway to the layers
/// beside.
struct Stretch {
    int first = 0;
    int last = 0;
    double from = 0;
    double to = 0;
};
std::vector<Stretch> stretchesOf(const std::vector<double>& layers,
                                 const std::vector<double>& marked);

/// Position of a layer in an ascending list, if it is there.
std::optional<std::size_t> indexOf(const std::vector<double>& layers, int layer);

} // namespace initlens::ui
