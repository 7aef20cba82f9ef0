#include "ui/charts/chart_button.h"

#include <QPainter>
#include <QPainterPath>

namespace initlens::ui {

namespace {

constexpr int side = 24;
constexpr double hoverOpacity = 0.08;

void drawHelp(QPainter& painter, const QPen& pen, const ChartTheme& theme)
{
    painter.setPen(pen);
    painter.drawEllipse(QPointF(0, 0), 7, 7);
    painter.setFont(chartFont(theme, 10, QFont::DemiBold));
    painter.drawText(QRectF(-7, -7, 14, 14), Qt::AlignCenter, QStringLiteral("?"));
}

/// Two corners of a square; outwards to maximize, inwards to go back.
void drawCorners(QPainter& painter, const QPen& pen, bool outwards)
{
    painter.setPen(pen);
    const double tip = outwards ? 5.5 : 1.5;
    const double tail = outwards ? 1.5 : 5.5;
    const double back = outwards ? tip - 4 : tip + 4;
    for (const double sign : {1.0, -1.0}) {
        painter.drawLine(QPointF(sign * tail, -sign * tail), QPointF(sign * tip, -sign * tip));
        painter.drawPolyline(QPolygonF{
            {sign * back, -sign * tip}, {sign * tip, -sign * tip}, {sign * tip, -sign * back}});
    }
}

void drawDots(QPainter& painter, const QColor& colour)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const double y : {-5.0, 0.0, 5.0}) {
        painter.drawEllipse(QPointF(0, y), 1.4, 1.4);
    }
}

} // namespace

ChartButton::ChartButton(Glyph glyph, QWidget* parent)
    : QToolButton(parent), m_glyph(glyph), m_theme(lightChartTheme())
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::ArrowCursor);
    setAutoRaise(true);
}

void ChartButton::setGlyph(Glyph glyph)
{
    m_glyph = glyph;
    update();
}

void ChartButton::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    update();
}

QSize ChartButton::sizeHint() const
{
    return {side, side};
}

void ChartButton::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool active = underMouse() || isDown() || hasFocus();
    const QRectF area = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (active) {
        QColor back = m_theme.text;
        back.setAlphaF(static_cast<float>(hoverOpacity));
        painter.setBrush(back);
        painter.setPen(hasFocus() ? QPen(m_theme.accent, 1.5) : QPen(Qt::NoPen));
        painter.drawRoundedRect(area, 5, 5);
        painter.setBrush(Qt::NoBrush);
    }
    const QColor colour = active ? m_theme.text : m_theme.mutedText;
    const QPen pen(colour, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.translate(QRectF(rect()).center());
    switch (m_glyph) {
    case Glyph::Help:
        drawHelp(painter, pen, m_theme);
        break;
    case Glyph::Maximize:
    case Glyph::Restore:
        drawCorners(painter, pen, m_glyph == Glyph::Maximize);
        break;
    case Glyph::Menu:
        drawDots(painter, colour);
        break;
    }
}

} // namespace initlens::ui
