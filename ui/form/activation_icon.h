#pragma once

#include "core/activations/activation.h"

#include <QIcon>

namespace initlens::ui {

/// A small drawing of the function over h = -3 .. 3, in the widget's accent colour.
QIcon activationIcon(const activations::ActivationChoice& activation, const QColor& colour,
                     qreal devicePixelRatio);

inline constexpr QSize activationIconSize{30, 18};

} // namespace initlens::ui
