#pragma once

#include "ui/charts/chart_theme.h"

#include <QWidget>

#include <vector>

class QCustomPlot;

namespace initlens::ui {

/// A function and its slope as two small curves, the slope dashed.
class FunctionPlot : public QWidget {
    Q_OBJECT

public:
    explicit FunctionPlot(QWidget* parent);

    /// Over ascending h; of a unit with several outputs part p of point i is at [p * h.size() + i].
    void setCurve(std::vector<double> h, std::vector<double> value, std::vector<double> slope);
    void setTheme(const ChartTheme& theme);

private:
    void draw();
    void addCurves(const std::vector<double>& values, const QPen& pen, const QString& name);

    QCustomPlot* m_plot;
    ChartTheme m_theme;
    std::vector<double> m_h;
    std::vector<double> m_value;
    std::vector<double> m_slope;
};

} // namespace initlens::ui
