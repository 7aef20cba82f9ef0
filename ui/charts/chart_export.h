#pragma once

#include "core/base/result.h"
#include "ui/charts/chart_kind.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/shown_run.h"

#include <QImage>
#include <QMimeData>
#include <QSizeF>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace initlens::ui {

/// A picture as a value: equal requests give equal pictures, byte by byte.
struct ChartRequest {
    std::optional<ChartId> chart; ///< nothing: the four charts of the dashboard
    QSizeF millimetres{160, 100};
    double dpi = 150; ///< of pixel pictures
    ChartTheme theme = printChartTheme();
    std::vector<ShownRun> runs;
    int selectedLayer = 0; ///< of the charts at one layer; 0: the last one measured
};

/// What a file shows of them: only what is measured.
std::vector<ShownRun> withoutPreviews(std::vector<ShownRun> runs);

/// Writes an SVG, PDF or PNG, as the suffix says; whole or not at all. Needs a QApplication, but no
/// display: the offscreen platform serves.
Status exportChart(const std::filesystem::path& file, const ChartRequest& request);

/// The picture in pixels; null when the size cannot be drawn.
QImage chartImage(const ChartRequest& request);

/// The numbers that the picture shows, a header line first.
QString chartTable(const ChartRequest& request, QChar separator = QLatin1Char('\t'));

/// The picture for the clipboard: as pixels and as SVG.
std::unique_ptr<QMimeData> chartMimeData(const ChartRequest& request);

} // namespace initlens::ui
