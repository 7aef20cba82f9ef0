#include "ui/charts/chart_export.h"

#include "core/io/result_file.h"
#include "ui/charts/chart_picture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <string>

namespace initlens::ui {

namespace {

constexpr double smallestMillimetres = 10;
constexpr double largestMillimetres = 2000;
constexpr double smallestDpi = 10;
constexpr double largestDpi = 2400;
constexpr double mostPixels = 2e8;

QSize pixelSize(const ChartRequest& request)
{
    const QSizeF pixels = request.millimetres * (request.dpi / 25.4);
    return {static_cast<int>(std::lround(pixels.width())),
            static_cast<int>(std::lround(pixels.height()))};
}

bool within(double value, double lowest, double highest)
{
    return value >= lowest && value <= highest;
}

Error sizeProblems(const ChartRequest& request)
{
    Error error;
    const auto fits = [](double side) {
        return within(side, smallestMillimetres, largestMillimetres);
    };
    if (!fits(request.millimetres.width()) || !fits(request.millimetres.height())) {
        error.add("the size of a chart must be 10 to 2000 mm on both sides");
    }
    if (!within(request.dpi, smallestDpi, largestDpi)) {
        error.add("the resolution of a chart must be 10 to 2400 dpi");
    }
    return error;
}

bool tooManyPixels(const ChartRequest& request)
{
    const QSize size = pixelSize(request);
    return static_cast<double>(size.width()) * size.height() > mostPixels;
}

QByteArray svgBytes(const ChartRequest& request)
{
    // The generator counts in whole units: hundredths of a millimetre keep the size exact.
    constexpr int unitsPerInch = 2540;
    const QSizeF units = request.millimetres * 100;
    const QSize whole(static_cast<int>(std::lround(units.width())),
                      static_cast<int>(std::lround(units.height())));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(unitsPerInch);
    generator.setSize(whole);
    generator.setViewBox(QRectF(QPointF(0, 0), paperSize(request)));
    generator.setTitle(QStringLiteral("InitLens"));
    return paintPicture(generator, paperSize(request), request, Ink::Vectors) ? bytes
                                                                              : QByteArray();
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

QByteArray pdfBytes(const ChartRequest& request)
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
        writer.setPageSize(QPageSize(request.millimetres, QPageSize::Millimeter, QString(),
                                     QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setCreator(QStringLiteral("InitLens"));
        const QSizeF dots = request.millimetres * (1200 / 25.4);
        if (!paintPicture(writer, dots, request, Ink::Vectors)) {
            return {};
        }
    }
    forgetDate(bytes);
    return bytes;
}

QByteArray pngBytes(const ChartRequest& request)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    const QImage image = chartImage(request);
    return !image.isNull() && image.save(&buffer, "PNG") ? bytes : QByteArray();
}

} // namespace

std::vector<ShownRun> withoutPreviews(std::vector<ShownRun> runs)
{
    for (ShownRun& run : runs) {
        run.previews.clear();
    }
    return runs;
}

Status exportChart(const std::filesystem::path& file, const ChartRequest& request)
{
    std::string suffix = file.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool pixels = suffix == ".png";
    if (suffix != ".svg" && suffix != ".pdf" && !pixels) {
        return Error("the chart file " + file.string() + " must end in .svg, .pdf or .png");
    }
    if (Error error = sizeProblems(request); !error.empty()) {
        return error;
    }
    if (pixels && tooManyPixels(request)) {
        return Error("the chart would have more than 200 million pixels: ask for a smaller size "
                     "or resolution");
    }
    const QByteArray bytes = suffix == ".svg"   ? svgBytes(request)
                             : suffix == ".pdf" ? pdfBytes(request)
                                                : pngBytes(request);
    if (bytes.isEmpty()) {
        return Error("the chart " + file.string() + " could not be drawn");
    }
    return io::writeFile(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

QImage chartImage(const ChartRequest& request)
{
    if (!sizeProblems(request).empty() || tooManyPixels(request)) {
        return {};
    }
    const QSize size = pixelSize(request);
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull() || !paintPicture(image, QSizeF(size), request, Ink::Pixels)) {
        return {};
    }
    const int dotsPerMetre = static_cast<int>(std::lround(request.dpi / 0.0254));
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    return image;
}

std::unique_ptr<QMimeData> chartMimeData(const ChartRequest& request)
{
    auto data = std::make_unique<QMimeData>();
    data->setImageData(chartImage(request));
    data->setData(QStringLiteral("image/svg+xml"), svgBytes(request));
    return data;
}

} // namespace initlens::ui
