#include "ui/charts/phase_export.h"

#include "ui/charts/phase_plot.h"
#include "ui/charts/picture_file.h"

#include <QCoreApplication>

#include <cmath>

namespace initlens::ui {

namespace {

constexpr double margin = 12;

bool paint(QPaintDevice& device, const QSizeF& deviceSize, const PhaseRequest& request, Ink ink)
{
    QCPPainter painter;
    if (!painter.begin(&device)) {
        return false;
    }
    prepareForPaper(painter, ink);
    const QSizeF paper = paperSize({request.millimetres, request.dpi});
    painter.scale(deviceSize.width() / paper.width(), deviceSize.height() / paper.height());
    const ChartTheme& theme = request.theme;
    painter.fillRect(QRectF(QPointF(0, 0), paper), theme.background);

    double top = margin + theme.titleSize;
    painter.setFont(chartFont(theme, theme.titleSize, QFont::DemiBold));
    painter.setPen(theme.text);
    painter.drawText(QPointF(margin, top), request.title);
    top += theme.titleSize / 2.0 + theme.textSize;
    painter.setFont(chartFont(theme, theme.textSize));
    painter.setPen(theme.mutedText);
    painter.drawText(QPointF(margin, top), colouringText(request.colouring));
    top += theme.textSize;

    PhasePlot plot(nullptr);
    plot.setTheme(theme);
    plot.setColouring(request.colouring);
    plot.setMap(request.map);
    plot.setHandle(request.network);
    painter.translate(margin / 2, top);
    plot.toPainter(&painter, static_cast<int>(std::floor(paper.width() - margin)),
                   static_cast<int>(std::floor(paper.height() - top - margin / 2)));
    return painter.end();
}

Paper paperOf(const PhaseRequest& request)
{
    return {request.millimetres, request.dpi};
}

PaintPaper painterOf(const PhaseRequest& request)
{
    return [&request](QPaintDevice& device, const QSizeF& deviceSize, Ink ink) {
        return paint(device, deviceSize, request, ink);
    };
}

} // namespace

QString colouringText(PhaseColouring colouring)
{
    return colouring == PhaseColouring::Slope
               ? QCoreApplication::translate("PhasePlot", "Colour: χ₁, factor of gradient² a layer")
               : QCoreApplication::translate("PhasePlot", "Colour: ξ, depth scale");
}

Status exportPhaseDiagram(const std::filesystem::path& file, const PhaseRequest& request)
{
    return writePicture(file, paperOf(request), painterOf(request));
}

std::unique_ptr<QMimeData> phaseMimeData(const PhaseRequest& request)
{
    return pictureMimeData(paperOf(request), painterOf(request));
}

} // namespace initlens::ui
