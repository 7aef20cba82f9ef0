#include "ui/charts/chart_picture.h"

#include "ui/charts/chart_ranges.h"
#include "ui/charts/chart_scene.h"
#include "ui/charts/chart_text.h"

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr double margin = 10;
constexpr double legendGap = 18;
constexpr double sampleWidth = 26;

/// Below this size a chart is laid out as if it were larger and then scaled down as a whole.
constexpr QSizeF comfortableChart(330, 210);

std::vector<const ShownRun*> legendRuns(const ChartRequest& request)
{
    std::vector<const ShownRun*> runs;
    for (const ShownRun& run : request.runs) {
        if (run.visible) {
            runs.push_back(&run);
        }
    }
    return runs;
}

class Picture {
public:
    Picture(QCPPainter& painter, const ChartRequest& request)
        : m_painter(painter), m_request(request), m_theme(request.theme)
    {
        m_charts = request.chart ? std::vector<ChartId>{*request.chart} : dashboardCharts();
    }

    [[nodiscard]] double scaleFor(const QSizeF& paper) const
    {
        return std::min({1.0, paper.width() / (columns() * comfortableChart.width()),
                         paper.height() / (rows() * comfortableChart.height() + 40)});
    }

    void paint(const QSizeF& size) const
    {
        m_painter.fillRect(QRectF(QPointF(0, 0), size), m_theme.background);
        const bool alone = m_charts.size() == 1;
        double top = margin;
        if (!alone) {
            top = paintLegend(top, size.width());
        }
        const double width = size.width() / columns();
        const double height = (size.height() - top) / rows();
        for (std::size_t i = 0; i < m_charts.size(); ++i) {
            const auto column = static_cast<double>(i % static_cast<std::size_t>(columns()));
            const auto row = static_cast<double>(i / static_cast<std::size_t>(columns()));
            paintChart(m_charts[i], QRectF(column * width, top + row * height, width, height),
                       alone);
        }
    }

private:
    [[nodiscard]] int columns() const { return m_charts.size() > 1 ? 2 : 1; }
    [[nodiscard]] int rows() const
    {
        return std::max(1, (static_cast<int>(m_charts.size()) + columns() - 1) / columns());
    }

    double paintLegend(double top, double width) const
    {
        const QFont font = chartFont(m_theme, m_theme.textSize);
        const QFontMetricsF metrics(font);
        const double rowHeight = std::ceil(1.5 * m_theme.textSize);
        double x = margin + 4;
        double y = top;
        m_painter.setFont(font);
        for (const ShownRun* run : legendRuns(m_request)) {
            const double room = width - 2 * margin - sampleWidth - 12;
            const QString name = metrics.elidedText(run->name, Qt::ElideMiddle, room);
            const double entry = sampleWidth + 6 + std::ceil(metrics.horizontalAdvance(name));
            if (x > margin + 4 && x + entry > width - margin) {
                x = margin + 4;
                y += rowHeight;
            }
            const SeriesStyle style = seriesStyle(m_theme, run->style);
            const double middle = y + rowHeight / 2;
            m_painter.setPen(QPen(style.colour, m_theme.curveWidth, style.line));
            m_painter.drawLine(QPointF(x, middle), QPointF(x + sampleWidth, middle));
            drawMarker(m_painter, style.marker, QPointF(x + sampleWidth / 2, middle),
                       m_theme.markerSize, style.colour);
            m_painter.setPen(m_theme.text);
            m_painter.drawText(QPointF(x + sampleWidth + 6, middle + 0.36 * m_theme.textSize),
                               name);
            x += entry + legendGap;
        }
        return y + rowHeight + 4;
    }

    void paintChart(const ChartId& chart, const QRectF& area, bool alone) const
    {
        const ChartModel model = makeModel(chart, m_request.runs, m_request.selectedLayer);
        m_painter.setFont(chartFont(m_theme, m_theme.titleSize, QFont::DemiBold));
        m_painter.setPen(m_theme.text);
        const QFontMetricsF metrics(m_painter.font());
        const QString title =
            metrics.elidedText(chartTitle(model), Qt::ElideRight, area.width() - 2 * margin - 8);
        double top = area.top() + 1.2 * m_theme.titleSize;
        m_painter.drawText(QPointF(area.left() + margin + 4, top), title);
        top += 0.5 * m_theme.titleSize;
        if (alone) {
            top = paintLegend(top, area.width());
        }

        QCustomPlot plot;
        ChartScene scene(plot, Purpose::Picture);
        const QSize size(static_cast<int>(std::floor(area.width() - margin)),
                         static_cast<int>(std::floor(area.bottom() - top - margin / 2)));
        scene.show(model, m_theme, {horizontalRange(model), verticalRange(model)}, size);
        m_painter.save();
        m_painter.translate(area.left() + margin / 2, top);
        plot.toPainter(&m_painter, size.width(), size.height());
        m_painter.restore();
    }

    QCPPainter& m_painter;
    const ChartRequest& m_request;
    const ChartTheme& m_theme;
    std::vector<ChartId> m_charts;
};

} // namespace

bool paintPicture(QPaintDevice& device, const QSizeF& deviceSize, const ChartRequest& request,
                  Ink ink)
{
    QCPPainter painter;
    if (!painter.begin(&device)) {
        return false;
    }
    prepareForPaper(painter, ink);
    const Picture picture(painter, request);
    const QSizeF paper = paperSize({request.millimetres, request.dpi});
    const double scale = picture.scaleFor(paper);
    painter.scale(deviceSize.width() / paper.width() * scale,
                  deviceSize.height() / paper.height() * scale);
    picture.paint(paper / scale);
    return painter.end();
}

} // namespace initlens::ui
