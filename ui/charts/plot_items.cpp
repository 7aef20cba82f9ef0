#include "ui/charts/plot_items.h"

#include "ui/charts/chart_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <functional>

namespace initlens::ui {

namespace {

constexpr double stripHeight = 13;
constexpr double thinnestStrip = 2;
constexpr double edgeBarHeight = 3;
constexpr double hatchSpacing = 7;
constexpr double fadedShare = 0.62;
/// The height that a label needs, with the strip of exact zeros below it.
constexpr double roomForLabels = 52;

QString belowResolution()
{
    return QCoreApplication::translate("Charts", "below resolution");
}

QColor withAlpha(QColor colour, double alpha)
{
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

/// Diagonal strokes inside the columns between two heights. No clipping: SVG has none.
void strokeHatch(QCPPainter& painter, const QRectF& box,
                 const std::function<std::pair<double, double>(double)>& heightsAt)
{
    constexpr double step = 1.5;
    for (double start = box.left() - box.height(); start < box.right(); start += hatchSpacing) {
        double from = -1;
        double to = -1;
        const auto flush = [&] {
            if (to > from) {
                painter.drawLine(QPointF(from, box.bottom() - (from - start)),
                                 QPointF(to, box.bottom() - (to - start)));
            }
            from = to = -1;
        };
        const double end = std::min(box.right(), start + box.height());
        for (double x = std::max(box.left(), start); x <= end; x += step) {
            const double y = box.bottom() - (x - start);
            const auto [top, bottom] = heightsAt(x);
            if (y < top || y > bottom) {
                flush();
                continue;
            }
            from = from < 0 ? x : from;
            to = x;
        }
        flush();
    }
}

QPen hatchPen(const ChartTheme& theme)
{
    return QPen(theme.hatch, 1);
}

} // namespace

PlotItem::PlotItem(QCustomPlot* plot) : QCPAbstractItem(plot)
{
    setClipToAxisRect(false);
    setSelectable(false);
}

QRectF PlotItem::frame() const
{
    return parentPlot()->axisRect()->rect();
}

double PlotItem::pixelX(double x) const
{
    return parentPlot()->xAxis->coordToPixel(x);
}

double PlotItem::pixelY(double y) const
{
    return parentPlot()->yAxis->coordToPixel(y);
}

ZeroStripItem::ZeroStripItem(QCustomPlot* plot, std::vector<double> layers,
                             std::vector<double> shares, QString label, const ChartTheme& theme)
    : PlotItem(plot), m_layers(std::move(layers)), m_shares(std::move(shares)),
      m_label(std::move(label)), m_theme(theme)
{}

void ZeroStripItem::draw(QCPPainter* painter)
{
    const QRectF area = frame();
    QPolygonF outline;
    const double foot = area.bottom() + 1;
    double right = area.left();
    outline << QPointF(std::max(area.left(), pixelX(m_layers.front() - 0.5)), foot);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const bool last = i + 1 == m_layers.size();
        const double before = i == 0 ? m_layers[i] - 0.5 : (m_layers[i - 1] + m_layers[i]) / 2;
        const double after = last ? m_layers[i] + 0.5 : (m_layers[i] + m_layers[i + 1]) / 2;
        const double left = std::max(pixelX(before), area.left());
        right = std::min(pixelX(after), area.right() + 1);
        if (right <= left || (right - outline.last().x() < 0.5 && !last)) {
            continue;
        }
        const double share = m_shares[i];
        const double top = foot - (share > 0 ? std::max(thinnestStrip, stripHeight * share) : 0.0);
        outline << QPointF(std::max(left, outline.last().x()), top) << QPointF(right, top);
    }
    outline << QPointF(outline.last().x(), foot);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.zeroStrip);
    painter->drawPolygon(outline);
    if (area.height() > roomForLabels) {
        painter->setPen(m_theme.mutedText);
        painter->setFont(chartFont(m_theme, m_theme.smallTextSize));
        painter->drawText(QPointF(area.left() + 8, foot - stripHeight - 5), m_label);
    }
}

ResolutionItem::ResolutionItem(QCustomPlot* plot, std::vector<QPointF> line,
                               const ChartTheme& theme)
    : PlotItem(plot), m_line(std::move(line)), m_theme(theme)
{}

void ResolutionItem::draw(QCPPainter* painter)
{
    const QRectF area = frame();
    QPolygonF border;
    for (const QPointF& point : m_line) {
        const QPointF pixel(std::clamp(pixelX(point.x()), area.left(), area.right()),
                            std::clamp(pixelY(point.y()), area.top(), area.bottom()));
        if (border.isEmpty() || pixel.x() - border.last().x() >= 1 || point == m_line.back()) {
            border << pixel;
        }
    }
    const bool visible = std::any_of(border.begin(), border.end(), [&](const QPointF& point) {
        return point.y() < area.bottom() - 1;
    });
    if (border.size() < 2 || !visible) {
        return;
    }
    QPolygonF region = border;
    region << QPointF(border.last().x(), area.bottom())
           << QPointF(border.first().x(), area.bottom());
    painter->setPen(Qt::NoPen);
    painter->setBrush(withAlpha(m_theme.background, fadedShare));
    painter->drawPolygon(region);
    drawHatch(*painter, border);
    painter->setPen(QPen(m_theme.crosshair, 1, Qt::DotLine));
    painter->drawPolyline(border);
    painter->setPen(m_theme.mutedText);
    painter->setFont(chartFont(m_theme, m_theme.smallTextSize));
    const QPointF end = border.last();
    const double room = area.bottom() - end.y();
    const QRectF box(end.x() - 130, end.y() + 3, 122, 1.5 * m_theme.smallTextSize);
    if (room > roomForLabels && box.left() > area.left()) {
        painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter, belowResolution());
    }
}

void ResolutionItem::drawHatch(QCPPainter& painter, const QPolygonF& border) const
{
    const double bottom = frame().bottom();
    painter.setPen(hatchPen(m_theme));
    QRectF box = border.boundingRect();
    box.setBottom(bottom);
    strokeHatch(painter, box, [&](double x) {
        const auto right =
            std::lower_bound(border.begin(), border.end(), x,
                             [](const QPointF& point, double value) { return point.x() < value; });
        if (right == border.begin() || right == border.end()) {
            return std::pair(right == border.end() ? border.last().y() : right->y(), bottom);
        }
        const QPointF left = *(right - 1);
        const double width = right->x() - left.x();
        const double part = width > 0 ? (x - left.x()) / width : 0;
        return std::pair(left.y() + part * (right->y() - left.y()), bottom);
    });
}

ResolutionBoundItem::ResolutionBoundItem(QCustomPlot* plot, double bound, const ChartTheme& theme)
    : PlotItem(plot), m_bound(bound), m_theme(theme)
{}

void ResolutionBoundItem::draw(QCPPainter* painter)
{
    QRectF area = frame();
    area.setRight(std::clamp(pixelX(m_bound), area.left(), area.right()));
    if (area.width() < 1) {
        return;
    }
    painter->fillRect(area, withAlpha(m_theme.background, fadedShare));
    painter->setPen(hatchPen(m_theme));
    strokeHatch(*painter, area, [&](double) { return std::pair(area.top(), area.bottom()); });
    painter->setPen(QPen(m_theme.crosshair, 1, Qt::DotLine));
    painter->drawLine(area.topRight(), area.bottomRight());
    painter->setFont(chartFont(m_theme, m_theme.smallTextSize));
    const double width = QFontMetricsF(painter->font()).horizontalAdvance(belowResolution());
    if (area.width() > width + 12) {
        painter->setPen(m_theme.mutedText);
        painter->drawText(QPointF(area.right() - width - 8, area.top() + 14), belowResolution());
    }
}

NotesItem::NotesItem(QCustomPlot* plot, QStringList lines, const ChartTheme& theme)
    : PlotItem(plot), m_lines(std::move(lines)), m_theme(theme)
{}

void NotesItem::draw(QCPPainter* painter)
{
    const QRectF area = frame();
    const QFont font = chartFont(m_theme, m_theme.smallTextSize);
    const QFontMetricsF metrics(font);
    painter->setFont(font);
    painter->setPen(m_theme.mutedText);
    double y = area.top() - noteGap;
    for (auto line = m_lines.rbegin(); line != m_lines.rend(); ++line) {
        painter->drawText(QPointF(area.left(), y),
                          metrics.elidedText(*line, Qt::ElideRight, area.width()));
        y -= m_theme.smallTextSize + noteLeading;
    }
}

AbsenceItem::AbsenceItem(QCustomPlot* plot, QString text, const ChartTheme& theme)
    : PlotItem(plot), m_text(std::move(text)), m_theme(theme)
{}

void AbsenceItem::draw(QCPPainter* painter)
{
    const QRectF area = frame().adjusted(12, 0, -12, 0);
    const QString reason = m_text.section(QLatin1Char('\n'), 0, 0);
    const QString help = m_text.section(QLatin1Char('\n'), 1);
    const QFont bold = chartFont(m_theme, m_theme.textSize, QFont::DemiBold);
    const QFont plain = chartFont(m_theme, m_theme.textSize);
    const int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const QRectF above = QFontMetricsF(bold).boundingRect(area, flags, reason);
    const QRectF below = QFontMetricsF(plain).boundingRect(area, flags, help);
    const double gap = 4;
    const double top = area.center().y() - (above.height() + gap + below.height()) / 2;
    painter->setFont(bold);
    painter->setPen(m_theme.text);
    painter->drawText(QRectF(area.left(), top, area.width(), above.height()), flags, reason);
    painter->setFont(plain);
    painter->setPen(m_theme.mutedText);
    painter->drawText(QRectF(area.left(), top + above.height() + gap, area.width(), below.height()),
                      flags, help);
}

EdgeBarItem::EdgeBarItem(QCustomPlot* plot, std::vector<Stretch> stretches, Edge edge, int row,
                         const QColor& colour)
    : PlotItem(plot), m_stretches(std::move(stretches)), m_edge(edge), m_row(row), m_colour(colour)
{}

void EdgeBarItem::draw(QCPPainter* painter)
{
    const QRectF area = frame();
    const double offset = (edgeBarHeight + 1) * m_row;
    const double top =
        m_edge == Edge::Top ? area.top() + 1 + offset : area.bottom() - edgeBarHeight - offset;
    for (const Stretch& stretch : m_stretches) {
        const double left = std::max(pixelX(stretch.from), area.left());
        const double right = std::min(pixelX(stretch.to), area.right());
        if (right > left) {
            painter->fillRect(QRectF(left, top, right - left, edgeBarHeight), m_colour);
        }
    }
}

} // namespace initlens::ui
