#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QMimeData>
#include <QSizeF>

#include <filesystem>
#include <functional>
#include <memory>

class QCPPainter;
class QPaintDevice;

namespace initlens::ui {

struct Paper {
    QSizeF millimetres;
    double dpi = 150; ///< of pixel pictures
};

/// The size in the pixels of 1/96 inch in which themes are given.
QSizeF paperSize(const Paper& paper);

enum class Ink { Pixels, Vectors };

/// Draws a picture on a device whose paper measures so many units; false when it cannot.
using PaintPaper = std::function<bool(QPaintDevice& device, const QSizeF& deviceSize, Ink ink)>;

/// The modes of QCustomPlot that suit paper.
void prepareForPaper(QCPPainter& painter, Ink ink);

/// Writes an SVG, PDF or PNG, as the suffix says; whole or not at all. Equal pictures give equal
/// bytes.
Status writePicture(const std::filesystem::path& file, const Paper& paper, const PaintPaper& paint);

/// The picture in pixels; null when the size cannot be drawn.
QImage pictureImage(const Paper& paper, const PaintPaper& paint);

/// For the clipboard: as pixels and as SVG.
std::unique_ptr<QMimeData> pictureMimeData(const Paper& paper, const PaintPaper& paint);

} // namespace initlens::ui
