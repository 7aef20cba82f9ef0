#include "ui/charts/marker.h"

#include <QPainter>
#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace initlens::ui {

namespace {

QPainterPath polygon(const QPolygonF& corners)
{
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

QPainterPath cross()
{
    constexpr double arm = 0.58;
    constexpr double half = 0.17;
    return polygon({{-half, -arm},
                    {half, -arm},
                    {half, -half},
                    {arm, -half},
                    {arm, half},
                    {half, half},
                    {half, arm},
                    {-half, arm},
                    {-half, half},
                    {-arm, half},
                    {-arm, -half},
                    {-half, -half}});
}

QPainterPath star()
{
    QPolygonF corners;
    for (int i = 0; i < 10; ++i) {
        const double radius = i % 2 == 0 ? 0.66 : 0.3;
        const double angle = std::numbers::pi * (i / 5.0 - 0.5);
        corners << QPointF(radius * std::cos(angle), radius * std::sin(angle));
    }
    return polygon(corners);
}

} // namespace

QPainterPath markerPath(Marker marker)
{
    switch (marker) {
    case Marker::Square:
        return polygon({{-0.44, -0.44}, {0.44, -0.44}, {0.44, 0.44}, {-0.44, 0.44}});
    case Marker::Triangle:
        return polygon({{-0.58, 0.42}, {0, -0.6}, {0.58, 0.42}});
    case Marker::Diamond:
        return polygon({{-0.62, 0}, {0, -0.62}, {0.62, 0}, {0, 0.62}});
    case Marker::TriangleDown:
        return polygon({{-0.58, -0.42}, {0, 0.6}, {0.58, -0.42}});
    case Marker::Cross:
        return cross();
    case Marker::Star:
        return star();
    case Marker::Disc:
        break;
    }
    QPainterPath path;
    path.addEllipse(QPointF(0, 0), 0.5, 0.5);
    return path;
}

void drawMarker(QPainter& painter, Marker marker, const QPointF& centre, double size,
                const QColor& colour)
{
    painter.save();
    painter.translate(centre);
    painter.scale(size, size);
    painter.fillPath(markerPath(marker), colour);
    painter.restore();
}

} // namespace initlens::ui
