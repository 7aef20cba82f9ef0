#include "ui/charts/chart_export.h"

#include "ui/charts/chart_picture.h"

namespace initlens::ui {

namespace {

Paper paperOf(const ChartRequest& request)
{
    return {request.millimetres, request.dpi};
}

PaintPaper painterOf(const ChartRequest& request)
{
    return [&request](QPaintDevice& device, const QSizeF& deviceSize, Ink ink) {
        return paintPicture(device, deviceSize, request, ink);
    };
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
    return writePicture(file, paperOf(request), painterOf(request));
}

QImage chartImage(const ChartRequest& request)
{
    return pictureImage(paperOf(request), painterOf(request));
}

std::unique_ptr<QMimeData> chartMimeData(const ChartRequest& request)
{
    return pictureMimeData(paperOf(request), painterOf(request));
}

} // namespace initlens::ui
