#pragma once

#include <QColor>
#include <QPainterPath>

class QPainter;

namespace initlens::ui {

enum class Marker { Disc, Square, Triangle, Diamond, TriangleDown, Cross, Star };

/// The outline about the origin; every marker covers about the area of a disc of diameter one.
QPainterPath markerPath(Marker marker);

/// Fills the marker at `centre`; `size` is the diameter of the disc.
void drawMarker(QPainter& painter, Marker marker, const QPointF& centre, double size,
                const QColor& colour);

} // namespace initlens::ui
