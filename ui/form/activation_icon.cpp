#include "ui/form/activation_icon.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

QIcon activationIcon(const activations::ActivationChoice& activation, const QColor& colour,
                     qreal devicePixelRatio)
{
    constexpr double reach = 3.0;
    constexpr double margin = 2.0;
    constexpr int steps = 60;
    const int parts = activation->outputsPerUnit;

    std::vector<QPolygonF> curves(static_cast<std::size_t>(parts));
    double low = -0.5;
    double high = 1.0;
    for (int part = 0; part < parts; ++part) {
        for (int i = 0; i <= steps; ++i) {
            const double h = -reach + 2 * reach * i / steps;
            const double value = activations::evaluateAt(activation, h, part).value;
            if (std::isfinite(value)) {
                curves[static_cast<std::size_t>(part)] << QPointF(h, value);
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
    }

    QPixmap pixmap(activationIconSize * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = activationIconSize.width() - 2 * margin;
    const double height = activationIconSize.height() - 2 * margin;
    const auto place = [&](const QPointF& point) {
        return QPointF(margin + width * (point.x() + reach) / (2 * reach),
                       margin + height * (high - point.y()) / (high - low));
    };
    QColor axis = colour;
    axis.setAlphaF(0.25F);
    painter.setPen(QPen(axis, 1));
    painter.drawLine(place({-reach, 0}), place({reach, 0}));
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const auto& curve : curves) {
        QPolygonF placed;
        std::transform(curve.begin(), curve.end(), std::back_inserter(placed), place);
        painter.drawPolyline(placed);
    }
    painter.end();
    return QIcon(pixmap);
}

} // namespace initlens::ui
