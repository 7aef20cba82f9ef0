#include "ui/charts/phase_items.h"

#include <QCoreApplication>

#include <algorithm>

namespace initlens::ui {

namespace {

constexpr double hatchGap = 7;
constexpr double lineWidth = 2;
constexpr double haloWidth = 4.5;

void drawHatch(QCPPainter& painter, const QPainterPath& region, const QColor& colour)
{
    painter.save();
    painter.setClipPath(region, Qt::IntersectClip);
    painter.setPen(QPen(colour, 1));
    painter.setAntialiasing(true);
    const QRectF area = region.boundingRect();
    for (double start = area.left() - area.height(); start < area.right(); start += hatchGap) {
        painter.drawLine(QPointF(start, area.bottom()), QPointF(start + area.height(), area.top()));
    }
    painter.restore();
}

QColor translucent(QColor colour, float alpha)
{
    colour.setAlphaF(alpha);
    return colour;
}

QColor hatchColour(const ChartTheme& theme)
{
    constexpr float faint = 0.32F;
    return translucent(theme.text, faint);
}

} // namespace

bool DivergenceItem::isEmpty() const
{
    return m_map == nullptr ||
           std::none_of(m_map->cells.begin(), m_map->cells.end(),
                        [](const auto& cell) { return cell.phase == theory::Phase::Diverging; });
}

QPainterPath DivergenceItem::region() const
{
    const auto& map = *m_map;
    const auto& sides = map.rectangle;
    const auto edge = [&](double from, double to, int index) {
        return from + (to - from) * index / map.cellsPerAxis;
    };
    QPainterPath path;
    for (int row = 0; row < map.cellsPerAxis; ++row) {
        const double bottom = pixelY(edge(sides.sigmaBFrom, sides.sigmaBTo, row));
        const double top = pixelY(edge(sides.sigmaBFrom, sides.sigmaBTo, row + 1));
        int start = -1;
        for (int column = 0; column <= map.cellsPerAxis; ++column) {
            const bool diverges = column < map.cellsPerAxis &&
                                  map.cell(column, row).phase == theory::Phase::Diverging;
            if (diverges && start < 0) {
                start = column;
            } else if (!diverges && start >= 0) {
                const double left = pixelX(edge(sides.sigmaWFrom, sides.sigmaWTo, start));
                const double right = pixelX(edge(sides.sigmaWFrom, sides.sigmaWTo, column));
                path.addRect(QRectF(QPointF(left, top), QPointF(right, bottom)));
                start = -1;
            }
        }
    }
    return path;
}

void DivergenceItem::draw(QCPPainter* painter)
{
    if (m_map != nullptr) {
        drawHatch(*painter, region(), hatchColour(m_theme));
    }
}

bool CriticalLinesItem::isEmpty() const
{
    return m_map == nullptr || !m_map->criticalLines || m_map->criticalLines->empty();
}

void CriticalLinesItem::draw(QCPPainter* painter)
{
    if (isEmpty()) {
        return;
    }
    painter->setAntialiasing(true);
    painter->setBrush(Qt::NoBrush);
    for (const auto& line : *m_map->criticalLines) {
        QPolygonF points;
        for (const auto& point : line) {
            points << QPointF(pixelX(point.sigmaW), pixelY(point.sigmaB));
        }
        constexpr float halo = 0.75F;
        painter->setPen(QPen(translucent(m_theme.background, halo), haloWidth, Qt::SolidLine,
                             Qt::FlatCap, Qt::RoundJoin));
        painter->drawPolyline(points);
        painter->setPen(QPen(m_theme.text, lineWidth, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        painter->drawPolyline(points);
    }
}

void PhaseLegendItem::setShown(bool line, bool hatch)
{
    m_line = line;
    m_hatch = hatch;
}

int PhaseLegendItem::height(const ChartTheme& theme)
{
    constexpr int gap = 10;
    return theme.smallTextSize + gap;
}

void PhaseLegendItem::draw(QCPPainter* painter)
{
    drawEntries(*painter);
    const QRectF area = frame();
    const double below = area.bottom() + 22 + m_theme.textSize;
    drawSymbol(*painter, QPointF(area.center().x(), below), QStringLiteral("w"),
               QCoreApplication::translate("PhasePlot", "weights"));
    painter->save();
    painter->translate(area.left() - 30 - m_theme.textSize * 0.5, area.center().y());
    painter->rotate(-90);
    drawSymbol(*painter, QPointF(0, 0), QStringLiteral("b"),
               QCoreApplication::translate("PhasePlot", "biases"));
    painter->restore();
}

void PhaseLegendItem::drawEntries(QCPPainter& painter) const
{
    constexpr double sample = 18;
    constexpr double gap = 6;
    const QFont font = chartFont(m_theme, m_theme.smallTextSize);
    const QFontMetricsF metrics(font);
    const double middle = frame().top() - height(m_theme) / 2.0;
    double left = frame().left();
    painter.setFont(font);
    const auto writeText = [&](const QString& text) {
        painter.setPen(m_theme.mutedText);
        left += sample + gap;
        painter.drawText(QPointF(left, middle + metrics.capHeight() / 2), text);
        left += metrics.horizontalAdvance(text) + 2 * gap;
    };
    if (m_line) {
        painter.setAntialiasing(true);
        painter.setPen(QPen(m_theme.text, lineWidth, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(left, middle), QPointF(left + sample, middle));
        writeText(QCoreApplication::translate("PhasePlot", "χ₁ = 1"));
    }
    if (m_hatch) {
        QPainterPath box;
        box.addRect(QRectF(left, middle - 5, sample, 10));
        painter.setPen(QPen(m_theme.axis, 1));
        painter.setBrush(m_theme.page);
        painter.drawPath(box);
        painter.setBrush(Qt::NoBrush);
        drawHatch(painter, box, hatchColour(m_theme));
        writeText(QCoreApplication::translate("PhasePlot", "variance diverges"));
    }
}

// No typeface is sure to have subscript letters, so the subscript is drawn.
void PhaseLegendItem::drawSymbol(QCPPainter& painter, const QPointF& centre,
                                 const QString& subscript, const QString& meaning) const
{
    const QFont font = chartFont(m_theme, m_theme.textSize);
    const QFont small = chartFont(m_theme, m_theme.textSize * 3 / 4);
    const QString symbol = QStringLiteral("σ");
    const QString rest = QStringLiteral("  ") + meaning;
    const double first = QFontMetricsF(font).horizontalAdvance(symbol);
    const double second = QFontMetricsF(small).horizontalAdvance(subscript);
    const double third = QFontMetricsF(font).horizontalAdvance(rest);
    QPointF at = centre - QPointF((first + second + third) / 2, 0);
    painter.setPen(m_theme.mutedText);
    painter.setFont(font);
    painter.drawText(at, symbol);
    at.rx() += first;
    painter.setFont(small);
    painter.drawText(at + QPointF(0, m_theme.textSize * 0.25), subscript);
    at.rx() += second;
    painter.setFont(font);
    painter.drawText(at, rest);
}

void PhaseHandleItem::setState(bool focused, bool hovered)
{
    m_focused = focused;
    m_hovered = hovered;
}

void PhaseHandleItem::draw(QCPPainter* painter)
{
    if (!m_place) {
        return;
    }
    constexpr double radius = 6;
    constexpr double grown = 1.5;
    constexpr double ring = 6;
    const QPointF centre(pixelX(m_place->x()), pixelY(m_place->y()));
    const double size = radius + (m_hovered ? grown : 0);
    painter->setAntialiasing(true);
    painter->setBrush(Qt::NoBrush);
    if (m_focused) {
        painter->setPen(QPen(m_theme.background, 4));
        painter->drawEllipse(centre, size + ring, size + ring);
        painter->setPen(QPen(m_theme.accent, 2));
        painter->drawEllipse(centre, size + ring, size + ring);
    }
    painter->setPen(QPen(m_theme.text, 2));
    painter->setBrush(m_theme.background);
    painter->drawEllipse(centre, size, size);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.accent);
    painter->drawEllipse(centre, size / 2.2, size / 2.2);
}

} // namespace initlens::ui
