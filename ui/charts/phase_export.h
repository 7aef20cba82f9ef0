#pragma once

#include "core/base/result.h"
#include "core/experiment/phase_map.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/phase_colours.h"

#include <QMimeData>
#include <QPointF>
#include <QSizeF>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>

namespace initlens::ui {

/// A phase diagram on paper, as a value: equal requests give equal pictures, byte by byte.
struct PhaseRequest {
    QString title;
    experiment::PhaseMapPointer map; ///< null: an empty diagram
    PhaseColouring colouring = PhaseColouring::Slope;
    std::optional<QPointF> network; ///< (sigma_w, sigma_b)
    QSizeF millimetres{120, 120};
    double dpi = 150; ///< of pixel pictures
    ChartTheme theme = printChartTheme();
};

/// What the colours say, as a sentence under a title or in a list to choose from.
QString colouringText(PhaseColouring colouring);

/// Writes an SVG, PDF or PNG, as the suffix says; whole or not at all.
Status exportPhaseDiagram(const std::filesystem::path& file, const PhaseRequest& request);

/// The picture for the clipboard: as pixels and as SVG.
std::unique_ptr<QMimeData> phaseMimeData(const PhaseRequest& request);

} // namespace initlens::ui
