#pragma once

#include "core/experiment/phase_map.h"
#include "ui/charts/plot_items.h"

#include <optional>

namespace initlens::ui {

/// Hatches the cells of a phase diagram where q diverges.
class DivergenceItem : public PlotItem {
public:
    explicit DivergenceItem(QCustomPlot* plot) : PlotItem(plot) {}
    void setMap(const experiment::PhaseMapPointer& map) { m_map = map; }
    void setTheme(const ChartTheme& theme) { m_theme = theme; }
    [[nodiscard]] bool isEmpty() const;

protected:
    void draw(QCPPainter* painter) override;

private:
    [[nodiscard]] QPainterPath region() const;

    experiment::PhaseMapPointer m_map;
    ChartTheme m_theme;
};

/// The lines chi_1 = 1, crisp on any colour.
class CriticalLinesItem : public PlotItem {
public:
    explicit CriticalLinesItem(QCustomPlot* plot) : PlotItem(plot) {}
    void setMap(const experiment::PhaseMapPointer& map) { m_map = map; }
    void setTheme(const ChartTheme& theme) { m_theme = theme; }
    [[nodiscard]] bool isEmpty() const;

protected:
    void draw(QCPPainter* painter) override;

private:
    experiment::PhaseMapPointer m_map;
    ChartTheme m_theme;
};

/// Around the plot: the axes' symbols with their subscripts, and above it what line and hatch mean.
class PhaseLegendItem : public PlotItem {
public:
    explicit PhaseLegendItem(QCustomPlot* plot) : PlotItem(plot) {}
    void setTheme(const ChartTheme& theme) { m_theme = theme; }
    void setShown(bool line, bool hatch);
    /// Room that it takes above the plot, in pixels.
    static int height(const ChartTheme& theme);

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawEntries(QCPPainter& painter) const;
    void drawSymbol(QCPPainter& painter, const QPointF& centre, const QString& subscript,
                    const QString& meaning) const;

    ChartTheme m_theme;
    bool m_line = false;
    bool m_hatch = false;
};

/// The current network: a disc that can be dragged, with a ring while it has the focus.
class PhaseHandleItem : public PlotItem {
public:
    explicit PhaseHandleItem(QCustomPlot* plot) : PlotItem(plot) {}
    void setTheme(const ChartTheme& theme) { m_theme = theme; }
    void setPlace(const std::optional<QPointF>& place) { m_place = place; }
    void setState(bool focused, bool hovered);

protected:
    void draw(QCPPainter* painter) override;

private:
    ChartTheme m_theme;
    std::optional<QPointF> m_place;
    bool m_focused = false;
    bool m_hovered = false;
};

} // namespace initlens::ui
