#pragma once

#include "ui/charts/chart_layers.h"
#include "ui/charts/chart_theme.h"

#include <qcustomplot.h>

#include <vector>

namespace initlens::ui {

/// An item that paints over the axis rectangle and cannot be selected.
class PlotItem : public QCPAbstractItem {
public:
    explicit PlotItem(QCustomPlot* plot);
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }

protected:
    [[nodiscard]] QRectF frame() const;
    [[nodiscard]] double pixelX(double x) const;
    [[nodiscard]] double pixelY(double y) const;
};

/// The share of exact zeros over depth, as the height of a strip along the foot of the chart.
class ZeroStripItem : public PlotItem {
public:
    ZeroStripItem(QCustomPlot* plot, std::vector<double> layers, std::vector<double> shares,
                  QString label, const ChartTheme& theme);

protected:
    void draw(QCPPainter* painter) override;

private:
    std::vector<double> m_layers;
    std::vector<double> m_shares;
    QString m_label;
    ChartTheme m_theme;
};

/// Fades and hatches what lies below a line: values lost in rounding noise.
class ResolutionItem : public PlotItem {
public:
    ResolutionItem(QCustomPlot* plot, std::vector<QPointF> line, const ChartTheme& theme);

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawHatch(QCPPainter& painter, const QPolygonF& border) const;

    std::vector<QPointF> m_line;
    ChartTheme m_theme;
};

/// The left part of a chart at one layer, up to the resolution.
class ResolutionBoundItem : public PlotItem {
public:
    ResolutionBoundItem(QCustomPlot* plot, double bound, const ChartTheme& theme);

protected:
    void draw(QCPPainter* painter) override;

private:
    double m_bound;
    ChartTheme m_theme;
};

inline constexpr int noteGap = 8;
inline constexpr int noteLeading = 4;

/// Lines of text above the axis rectangle.
class NotesItem : public PlotItem {
public:
    NotesItem(QCustomPlot* plot, QStringList lines, const ChartTheme& theme);

protected:
    void draw(QCPPainter* painter) override;

private:
    QStringList m_lines;
    ChartTheme m_theme;
};

/// Says in the middle of an empty chart why it is empty: the reason, and below it what helps.
class AbsenceItem : public PlotItem {
public:
    AbsenceItem(QCustomPlot* plot, QString text, const ChartTheme& theme);

protected:
    void draw(QCPPainter* painter) override;

private:
    QString m_text;
    ChartTheme m_theme;
};

enum class Edge { Bottom, Top };

/// Layers whose value lies beyond the axis for good: a bar on its edge.
class EdgeBarItem : public PlotItem {
public:
    EdgeBarItem(QCustomPlot* plot, std::vector<Stretch> stretches, Edge edge, int row,
                const QColor& colour);

protected:
    void draw(QCPPainter* painter) override;

private:
    std::vector<Stretch> m_stretches;
    Edge m_edge;
    int m_row;
    QColor m_colour;
};

} // namespace initlens::ui
