#include "ui/charts/readout_item.h"

#include "ui/charts/chart_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr double padding = 9;
constexpr double distance = 12;
constexpr double columnGap = 14;
constexpr double glyphWidth = 16;

/// The box never hides more than so many runs' worth of the chart.
constexpr std::size_t mostRuns = 12;

const std::vector<double>* curveOf(const Series& series, const std::vector<double>*& layers)
{
    if (const auto* curve = std::get_if<DepthCurve>(&series.shape)) {
        layers = &curve->layers;
        return &curve->values;
    }
    if (const auto* bands = std::get_if<DepthBands>(&series.shape)) {
        layers = &bands->layers;
        return &bands->median();
    }
    return nullptr;
}

} // namespace

std::optional<int> ReadoutItem::shownLayer() const
{
    return m_crosshair && m_model != nullptr ? nearestLayer(*m_model, *m_crosshair) : std::nullopt;
}

std::vector<QStringList> ReadoutItem::rows() const
{
    const auto layer = shownLayer();
    if (!layer) {
        return {};
    }
    std::vector<QStringList> rows;
    rows.push_back(
        QStringList{QCoreApplication::translate("Charts", "layer %1").arg(*layer)}
        << readoutColumns(*m_model));
    for (auto series = m_model->series.rbegin(); series != m_model->series.rend(); ++series) {
        if (rows.size() > mostRuns) {
            break;
        }
        rows.push_back(QStringList{(*series)->name}
                       << readoutValues(**series, m_model->valueScale(), *layer));
    }
    return rows;
}

void ReadoutItem::draw(QCPPainter* painter)
{
    if (m_model == nullptr || m_model->chart.view != ChartView::OverDepth) {
        return;
    }
    drawSelection(*painter);
    const auto layer = shownLayer();
    if (!layer) {
        return;
    }
    const QRectF area = frame();
    const double x = pixelX(*layer);
    if (x < area.left() || x > area.right()) {
        return;
    }
    painter->setPen(QPen(m_theme.crosshair, 1, Qt::DotLine));
    painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    drawBox(*painter, *layer);
}

void ReadoutItem::drawSelection(QCPPainter& painter) const
{
    const QRectF area = frame();
    const double x = pixelX(m_selected);
    if (m_selected <= 0 || x < area.left() || x > area.right()) {
        return;
    }
    QColor faint = m_theme.accent;
    faint.setAlphaF(0.4F);
    painter.setPen(QPen(faint, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.accent);
    painter.drawPolygon(QPolygonF{{x - 5, area.bottom() + 7.5},
                                  {x, area.bottom() + 1},
                                  {x + 5, area.bottom() + 7.5}});
}

void ReadoutItem::drawBox(QCPPainter& painter, int layer) const
{
    const auto texts = rows();
    const QFont font = chartFont(m_theme, m_theme.textSize);
    const QFontMetricsF metrics(font);
    qsizetype columns = 1;
    for (const QStringList& row : texts) {
        columns = std::max(columns, row.size());
    }
    std::vector<double> widths(static_cast<std::size_t>(columns), 0);
    for (const QStringList& row : texts) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            double& width = widths[static_cast<std::size_t>(i)];
            width = std::max(width, metrics.horizontalAdvance(row[i]));
        }
    }
    const double nameLimit = 150;
    widths[0] = std::min(widths[0], nameLimit);
    double width = 2 * padding + glyphWidth;
    for (const double column : widths) {
        width += column;
    }
    width += columnGap * static_cast<double>(columns - 1);
    const double rowHeight = std::ceil(metrics.height() * 1.25);
    const QSizeF size(std::ceil(width),
                      std::ceil(2 * padding - 3 + rowHeight * static_cast<double>(texts.size())));
    const QRectF box(boxCorner(size, pixelX(layer)), size);

    painter.setAntialiasing(true);
    painter.setPen(QPen(m_theme.readoutBorder, 1));
    painter.setBrush(m_theme.readout);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(font);
    double y = box.top() + padding - 2;
    for (std::size_t i = 0; i < texts.size(); ++i, y += rowHeight) {
        const QStringList& row = texts[i];
        double x = box.left() + padding;
        if (i > 0) {
            const Series& series = **(m_model->series.rbegin() + static_cast<std::ptrdiff_t>(i - 1));
            const SeriesStyle style = seriesStyle(m_theme, series.style);
            drawMarker(painter, style.marker, QPointF(x + 5, y + rowHeight / 2), 9, style.colour);
            x += glyphWidth;
        }
        const double nameWidth = i == 0 ? widths[0] + glyphWidth : widths[0];
        painter.setPen(i == 0 ? m_theme.mutedText : m_theme.text);
        painter.drawText(QRectF(x, y, nameWidth, rowHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(row[0], Qt::ElideMiddle, nameWidth));
        x += nameWidth;
        for (qsizetype column = 1; column < row.size(); ++column) {
            const double cell = widths[static_cast<std::size_t>(column)];
            x += columnGap;
            painter.drawText(QRectF(x, y, cell, rowHeight), Qt::AlignRight | Qt::AlignVCenter,
                             row[column]);
            x += cell;
        }
    }
}

QPointF ReadoutItem::boxCorner(const QSizeF& size, double crosshairX) const
{
    const QRectF area = frame();
    const double right = crosshairX + distance;
    const double left = crosshairX - distance - size.width();
    std::vector<double> columns;
    if (right + size.width() <= area.right()) {
        columns.push_back(right);
    }
    if (left >= area.left()) {
        columns.push_back(left);
    }
    if (columns.empty()) {
        columns.push_back(std::max(area.left(), area.right() - size.width()));
    }
    const double free = area.height() - size.height();
    QPointF best(columns.front(), area.top() + 6);
    int fewest = -1;
    for (const double x : columns) {
        for (const double part : {0.04, 0.35, 0.65, 0.9}) {
            const QPointF corner(x, area.top() + std::max(0.0, free * part));
            const int hidden = pointsInside(QRectF(corner, size));
            if (fewest < 0 || hidden < fewest) {
                fewest = hidden;
                best = corner;
            }
        }
    }
    return {std::floor(best.x()), std::floor(best.y())};
}

int ReadoutItem::pointsInside(const QRectF& box) const
{
    constexpr int samples = 12;
    int inside = 0;
    const QCPAxis* axis = parentPlot()->xAxis;
    for (const SeriesPointer& series : m_model->series) {
        const std::vector<double>* layers = nullptr;
        const std::vector<double>* values = curveOf(*series, layers);
        if (values == nullptr || layers->empty()) {
            continue;
        }
        for (int i = 0; i <= samples; ++i) {
            const double layer = axis->pixelToCoord(box.left() + box.width() * i / samples);
            const auto found = std::lower_bound(layers->begin(), layers->end(), layer);
            if (found == layers->end()) {
                continue;
            }
            const double y = pixelY((*values)[static_cast<std::size_t>(found - layers->begin())]);
            inside += y > box.top() - 6 && y < box.bottom() + 6 ? 1 : 0;
        }
    }
    return inside;
}

} // namespace initlens::ui
