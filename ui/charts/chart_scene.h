#pragma once

#include "ui/charts/chart_model.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/chart_zoom.h"
#include "ui/charts/plot_items.h"

#include <qcustomplot.h>

#include <map>
#include <utility>

namespace initlens::ui {

enum class Purpose { Live, Picture };

/// Fills a plot with what a model says. The window's charts and exported pictures come from here.
class ChartScene {
public:
    ChartScene(QCustomPlot& plot, Purpose purpose);

    /// `size` is that of the plot; it decides how many ticks there are.
    void show(const ChartModel& model, const ChartTheme& theme, const PlotRanges& ranges,
              const QSizeF& size);

private:
    using Container = QSharedPointer<QCPGraphDataContainer>;
    using Owner = std::shared_ptr<const void>; ///< of data that are kept while it is shown
    using Containers = std::map<std::pair<Owner, int>, Container>;

    /// What belongs to an earlier spec, or to a narrow network, stands back until its successor
    /// arrives.
    static constexpr double faintOpacity = 0.4;

    void addAllSeries(const ChartModel& model);
    void addSeries(const SeriesPointer& series, const ChartModel& model, int row);
    void addCurve(const SeriesPointer& series, const DepthCurve& curve, const ChartModel& model,
                  int row);
    /// The prediction, dashed; the one that leads with its band.
    void addTheory(const Series& series, bool leads);
    /// Dashed: quantiles over depth; the density of a layer with its atoms and its end.
    void addPredictedBands(const SeriesPointer& series);
    void addPredictedDensity(const SeriesPointer& series, const Density& density,
                             diagnostics::Scale scale);
    /// A dashed line up from a place on the axis, with a text.
    void addPlace(double place, const QPen& pen, const QString& text);
    [[nodiscard]] QPen theoryPen(const Series& series) const;
    /// Measured over predicted in a strip below the plot.
    void addStrip(const ChartModel& model);
    /// A curve over positions with its prediction; what the leader is compared with beside it.
    void addAlong(const SeriesPointer& series, const diagnostics::Curve& curve,
                  const ChartModel& model);
    void addCompanions(const ChartModel& model);
    void addBetween(const diagnostics::Field& field, const ChartModel& model);
    /// A plot below the others that shares their horizontal axis.
    QCPAxisRect& lane(std::size_t index);
    void addLaneTitle(QCPAxisRect& rect, const QString& text);
    void addBands(const SeriesPointer& series, const DepthBands& bands, const ChartModel& model);
    /// The spread of the smallest, the median and the largest value over several Jacobians.
    void addSpread(const SeriesPointer& series, const DepthBands& bands);
    void addOutline(const SeriesPointer& series, const DepthBands& bands, const ChartModel& model);
    void addEdgeBar(const SeriesPointer& series, const std::vector<double>& layers,
                    const std::vector<double>& marked, Edge edge, int row);
    void addDensity(const SeriesPointer& series, const Density& density, bool leads);
    void addErrors(const SeriesPointer& series, const Density& density);
    void addMarkers(const SeriesPointer& series, const std::vector<double>& layers,
                    const std::vector<double>& values, int depth);
    void addMarkersAt(const SeriesPointer& series, const std::vector<double>& x,
                      const std::vector<double>& y);
    void addLimits(const ChartModel& model);

    QCPGraph* addLine(const SeriesPointer& series, int slot, const std::vector<double>& x,
                      const std::vector<double>& y, double width);
    QCPGraph* addArea(const SeriesPointer& series, int slot, const std::vector<double>& layers,
                      const std::vector<double>& low, const std::vector<double>& high);
    [[nodiscard]] SeriesStyle styleOf(const Series& series) const;
    QCPGraph* addGraph(Container data);
    [[nodiscard]] bool knows(const Owner& owner, int slot) const;
    Container container(const Owner& owner, int slot, const std::vector<double>& x,
                        const std::vector<double>& y);
    [[nodiscard]] double curveWidth(std::size_t points) const;

    QCustomPlot& m_plot;
    Purpose m_purpose;
    ChartTheme m_theme;
    std::vector<QPointer<QCPAxisRect>> m_lanes;
    QPointer<QCPColorScale> m_colours; ///< of a map
    Containers m_containers;
    Containers m_previous;
};

} // namespace initlens::ui
