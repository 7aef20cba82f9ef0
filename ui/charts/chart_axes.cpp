#include "ui/charts/chart_axes.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/plot_items.h"
#include "ui/charts/tickers.h"

#include <algorithm>

namespace initlens::ui {

namespace {

constexpr double pixelsPerLayerTick = 50;
constexpr double pixelsPerPower = 58;
constexpr double pixelsPerHeightTick = 42;

int tickCount(double pixels, double perTick, int most)
{
    return std::clamp(static_cast<int>(pixels / perTick), 2, most);
}

QSharedPointer<QCPAxisTicker> valueTicker(const ChartModel& model)
{
    if (wholeNetworkView(*model.chart.diagnostic)) {
        return QSharedPointer<NumberTicker>::create();
    }
    if (model.valueScale() == diagnostics::Scale::Log10) {
        return QSharedPointer<PowerTicker>::create();
    }
    // Left of nothing there may be a column of exact zeros, but no numbers.
    return model.chart.view == ChartView::AtLayerLinear ? QSharedPointer<NumberTicker>::create(0)
                                                        : QSharedPointer<NumberTicker>::create();
}

void styleAxis(QCPAxis& axis, const ChartTheme& theme)
{
    const QPen line(theme.axis, theme.axisWidth);
    const QFont font = chartFont(theme, theme.textSize);
    axis.setBasePen(line);
    axis.setTickPen(line);
    axis.setSubTickPen(line);
    axis.setTickLength(0, 4);
    axis.setSubTickLength(0, 2);
    axis.setTickLabelFont(font);
    axis.setTickLabelColor(theme.mutedText);
    axis.setLabelFont(font);
    axis.setLabelColor(theme.mutedText);
    axis.setLabelPadding(4);
    axis.setTickLabelPadding(5);
    axis.grid()->setPen(QPen(theme.grid, theme.gridWidth));
    axis.grid()->setZeroLinePen(QPen(theme.grid, theme.gridWidth));
    axis.grid()->setSubGridVisible(false);
    axis.grid()->setAntialiased(false);
}

QString titleThatFits(const QString& title, double room, const ChartTheme& theme)
{
    const QFontMetricsF metrics(chartFont(theme, theme.textSize));
    return metrics.horizontalAdvance(title) <= room ? title : QString();
}

constexpr int rightMargin = 16;

int leftMargin(const ChartTheme& theme)
{
    return 4 * theme.textSize + 16;
}

/// Words to lines of at most this width; a line does not begin with the dot between two notes.
QStringList wrapped(const QString& text, double width, const QFontMetricsF& metrics)
{
    QStringList lines{QString()};
    for (const QString& word : text.split(QLatin1Char(' '))) {
        const QString longer =
            lines.back().isEmpty() ? word : lines.back() + QLatin1Char(' ') + word;
        if (metrics.horizontalAdvance(longer.trimmed()) <= width || lines.back().isEmpty()) {
            lines.back() = longer;
        } else {
            lines << (word == QStringLiteral("·") ? QString() : word);
        }
    }
    for (QString& line : lines) {
        line = line.trimmed();
        if (line.endsWith(QStringLiteral("·"))) {
            line = line.chopped(1).trimmed();
        }
    }
    return lines;
}

} // namespace

QStringList noteLines(const ChartModel& model, const ChartTheme& theme, const QSizeF& size)
{
    constexpr qsizetype most = 3;
    const QFontMetricsF metrics(chartFont(theme, theme.smallTextSize));
    const double width = size.width() - leftMargin(theme) - rightMargin;
    QStringList lines;
    for (const QString& note : chartNotes(model)) {
        lines << wrapped(note, width, metrics);
    }
    if (lines.size() > most) {
        // What is left over stands in the last line, where it is cut to fit.
        const QString rest = lines.mid(most - 1).join(QLatin1Char(' '));
        lines = lines.mid(0, most - 1) << rest;
    }
    return lines;
}

void styleAxes(QCustomPlot& plot, const ChartModel& model, const ChartTheme& theme,
               const QSizeF& size)
{
    const auto notes = static_cast<int>(noteLines(model, theme, size).size());
    const int top = notes == 0 ? 10 : noteGap + notes * (theme.smallTextSize + noteLeading);
    const QMargins margins(leftMargin(theme), top, rightMargin, 20);
    const QSizeF inner(size.width() - margins.left() - margins.right(),
                       size.height() - margins.top() - 2 * margins.bottom());
    const bool overDepth = isOverDepth(model.chart.view);
    const bool shown = model.absence.isEmpty();

    plot.setBackground(QBrush(theme.background));
    plot.axisRect()->setBackground(QBrush(theme.background));
    plot.axisRect()->setMinimumMargins(margins);
    plot.xAxis->setTicker(overDepth ? QSharedPointer<QCPAxisTicker>(new LayerTicker)
                                    : valueTicker(model));
    plot.yAxis->setTicker(overDepth ? valueTicker(model)
                                    : QSharedPointer<QCPAxisTicker>(new NumberTicker));
    plot.xAxis->ticker()->setTickCount(
        tickCount(inner.width(), overDepth ? pixelsPerLayerTick : pixelsPerPower, 6));
    plot.yAxis->ticker()->setTickCount(tickCount(inner.height(), pixelsPerHeightTick, 5));
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        styleAxis(*axis, theme);
        axis->setTicks(shown);
        axis->setTickLabels(shown);
    }
    plot.xAxis->grid()->setVisible(false);
    plot.yAxis->grid()->setVisible(shown);
    plot.xAxis->setLabel(titleThatFits(horizontalTitle(model), inner.width(), theme));
    // Lanes below take their part of the height.
    const double share = model.chart.diagnostic->companionsApart ? 0.5 : 1;
    plot.yAxis->setLabel(titleThatFits(verticalTitle(model), share * inner.height(), theme));
}

void styleColourScale(QCPColorScale& scale, const ChartModel& model, const ChartTheme& theme)
{
    constexpr int margin = 6;
    scale.axis()->setTicker(QSharedPointer<NumberTicker>::create());
    for (QCPAxis* axis : scale.axis()->axisRect()->axes()) {
        styleAxis(*axis, theme);
    }
    scale.setMinimumMargins({margin, 0, margin, 0});
    const std::string_view label = model.chart.diagnostic->axis;
    scale.axis()->setLabel(QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size())));
}

void styleStrip(QCustomPlot& plot, QCPAxisRect& strip, const ChartModel& model,
                const ChartTheme& theme)
{
    constexpr int ticks = 3;
    constexpr int gap = 8;
    QMargins margins = plot.axisRect()->minimumMargins();
    QCPAxis* horizontal = strip.axis(QCPAxis::atBottom);
    QCPAxis* vertical = strip.axis(QCPAxis::atLeft);
    horizontal->setTicker(plot.xAxis->ticker());
    vertical->setTicker(valueTicker(model));
    vertical->ticker()->setTickCount(ticks);
    for (QCPAxis* axis : {horizontal, vertical}) {
        styleAxis(*axis, theme);
        axis->setTicks(model.absence.isEmpty());
        axis->setTickLabels(model.absence.isEmpty());
    }
    horizontal->grid()->setVisible(false);
    vertical->grid()->setZeroLinePen(QPen(theme.axis, theme.axisWidth));
    horizontal->setRange(plot.xAxis->range());
    horizontal->setLabel(plot.xAxis->label());
    plot.xAxis->setLabel({});
    plot.xAxis->setTickLabels(false);
    strip.setBackground(QBrush(theme.background));
    strip.setMinimumMargins({margins.left(), 0, margins.right(), margins.bottom()});
    margins.setBottom(gap);
    plot.axisRect()->setMinimumMargins(margins);
}

} // namespace initlens::ui
