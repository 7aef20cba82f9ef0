#include "ui/charts/picture_file.h"

#include "core/io/result_file.h"

#include <qcustomplot.h>

#include <QBuffer>
#include <QMimeData>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <string>

namespace initlens::ui {

namespace {

constexpr double pixelsPerMillimetre = 96 / 25.4;
constexpr double smallestMillimetres = 10;
constexpr double largestMillimetres = 2000;
constexpr double smallestDpi = 10;
constexpr double largestDpi = 2400;
constexpr double mostPixels = 2e8;

QSize pixelSize(const Paper& paper)
{
    const QSizeF pixels = paper.millimetres * (paper.dpi / 25.4);
    return {static_cast<int>(std::lround(pixels.width())),
            static_cast<int>(std::lround(pixels.height()))};
}

bool within(double value, double lowest, double highest)
{
    return value >= lowest && value <= highest;
}

Error sizeProblems(const Paper& paper)
{
    Error error;
    const auto fits = [](double side) {
        return within(side, smallestMillimetres, largestMillimetres);
    };
    if (!fits(paper.millimetres.width()) || !fits(paper.millimetres.height())) {
        error.add("the size of a chart must be 10 to 2000 mm on both sides");
    }
    if (!within(paper.dpi, smallestDpi, largestDpi)) {
        error.add("the resolution of a chart must be 10 to 2400 dpi");
    }
    return error;
}

bool tooManyPixels(const Paper& paper)
{
    const QSize size = pixelSize(paper);
    return static_cast<double>(size.width()) * size.height() > mostPixels;
}

QByteArray svgBytes(const Paper& paper, const PaintPaper& paint)
{
    // The generator counts in whole units: hundredths of a millimetre keep the size exact.
    constexpr int unitsPerInch = 2540;
    const QSizeF units = paper.millimetres * 100;
    const QSize whole(static_cast<int>(std::lround(units.width())),
                      static_cast<int>(std::lround(units.height())));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(unitsPerInch);
    generator.setSize(whole);
    generator.setViewBox(QRectF(QPointF(0, 0), paperSize(paper)));
    generator.setTitle(QStringLiteral("InitLens"));
    return paint(generator, paperSize(paper), Ink::Vectors) ? bytes : QByteArray();
}

/// Replaces the date by a fixed one of equal length, so that equal charts are equal files.
void forgetDate(QByteArray& pdf)
{
    const QByteArray key("/CreationDate (D:");
    for (qsizetype at = pdf.indexOf(key); at >= 0; at = pdf.indexOf(key, at + 1)) {
        const qsizetype start = at + key.size();
        const qsizetype end = pdf.indexOf(')', start);
        for (qsizetype i = start; i < std::min(end, start + 14); ++i) {
            pdf[i] = "20000101000000"[i - start];
        }
    }
}

QByteArray pdfBytes(const Paper& paper, const PaintPaper& paint)
{
    QByteArray bytes;
    {
        QBuffer buffer(&bytes);
        if (!buffer.open(QIODevice::WriteOnly)) {
            return {};
        }
        QPdfWriter writer(&buffer);
        writer.setResolution(1200);
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setPageSize(
            QPageSize(paper.millimetres, QPageSize::Millimeter, QString(), QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setCreator(QStringLiteral("InitLens"));
        const QSizeF dots = paper.millimetres * (1200 / 25.4);
        if (!paint(writer, dots, Ink::Vectors)) {
            return {};
        }
    }
    forgetDate(bytes);
    return bytes;
}

QByteArray pngBytes(const Paper& paper, const PaintPaper& paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    const QImage image = pictureImage(paper, paint);
    return !image.isNull() && image.save(&buffer, "PNG") ? bytes : QByteArray();
}

} // namespace

QSizeF paperSize(const Paper& paper)
{
    return paper.millimetres * pixelsPerMillimetre;
}

void prepareForPaper(QCPPainter& painter, Ink ink)
{
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setMode(QCPPainter::pmNonCosmetic);
    painter.setMode(QCPPainter::pmVectorized, ink == Ink::Vectors);
    painter.setRenderHint(QPainter::Antialiasing);
}

Status writePicture(const std::filesystem::path& file, const Paper& paper, const PaintPaper& paint)
{
    std::string suffix = file.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool pixels = suffix == ".png";
    if (suffix != ".svg" && suffix != ".pdf" && !pixels) {
        return Error("the chart file " + file.string() + " must end in .svg, .pdf or .png");
    }
    if (Error error = sizeProblems(paper); !error.empty()) {
        return error;
    }
    if (pixels && tooManyPixels(paper)) {
        return Error("the chart would have more than 200 million pixels: ask for a smaller size "
                     "or resolution");
    }
    const QByteArray bytes = suffix == ".svg"   ? svgBytes(paper, paint)
                             : suffix == ".pdf" ? pdfBytes(paper, paint)
                                                : pngBytes(paper, paint);
    if (bytes.isEmpty()) {
        return Error("the chart " + file.string() + " could not be drawn");
    }
    return io::writeFile(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

QImage pictureImage(const Paper& paper, const PaintPaper& paint)
{
    if (!sizeProblems(paper).empty() || tooManyPixels(paper)) {
        return {};
    }
    const QSize size = pixelSize(paper);
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull() || !paint(image, QSizeF(size), Ink::Pixels)) {
        return {};
    }
    const int dotsPerMetre = static_cast<int>(std::lround(paper.dpi / 0.0254));
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    return image;
}

std::unique_ptr<QMimeData> pictureMimeData(const Paper& paper, const PaintPaper& paint)
{
    auto data = std::make_unique<QMimeData>();
    data->setImageData(pictureImage(paper, paint));
    data->setData(QStringLiteral("image/svg+xml"), svgBytes(paper, paint));
    return data;
}

} // namespace initlens::ui
