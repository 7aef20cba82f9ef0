#pragma once

#include "ui/charts/chart_export.h"

#include <QSizeF>

class QPaintDevice;

namespace initlens::ui {

/// The size of the paper, in the pixels of 1/96 inch in which themes are given.
QSizeF paperSize(const ChartRequest& request);

enum class Ink { Pixels, Vectors };

/// Draws the whole picture on a device whose paper measures `deviceSize` units.
bool paintPicture(QPaintDevice& device, const QSizeF& deviceSize, const ChartRequest& request,
                  Ink ink);

} // namespace initlens::ui
