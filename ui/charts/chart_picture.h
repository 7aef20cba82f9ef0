#pragma once

#include "ui/charts/chart_export.h"
#include "ui/charts/picture_file.h"

namespace initlens::ui {

/// Draws the whole picture on a device whose paper measures `deviceSize` units.
bool paintPicture(QPaintDevice& device, const QSizeF& deviceSize, const ChartRequest& request,
                  Ink ink);

} // namespace initlens::ui
