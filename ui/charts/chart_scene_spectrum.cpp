#include "ui/charts/chart_scene.h"

#include "ui/charts/axis_range.h"
#include "ui/charts/chart_axes.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/spectrum_theory.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

/// Of the data of a series, beside those that the scene itself keeps.
constexpr int firstSlot = 2000;
constexpr double atomWidth = 2.4;
/// Where lines that stand for a place end, as a share of the plot's height from its top.
constexpr double placeTop = 0.03;
/// Densities without bound near zero are drawn up to so many times the axis.
constexpr double highestDrawn = 4;
constexpr std::array<std::size_t, 3> shownLevels = {0, 3, 6};

QString tr(const char* text)
{
    return QCoreApplication::translate("Charts", text);
}

} // namespace

void ChartScene::addPredictedBands(const SeriesPointer& series)
{
    const auto bands = predictedBands(series->theory);
    if (!bands) {
        return;
    }
    for (const std::size_t level : shownLevels) {
        addGraph(container(series, firstSlot + static_cast<int>(level), bands->layers,
                           bands->quantiles[level]))
            ->setPen(theoryPen(*series));
    }
}

void ChartScene::addPredictedDensity(const SeriesPointer& series, const Density& density,
                                     diagnostics::Scale scale)
{
    const auto predicted = predictedDensity(series->theory, density.layer, scale);
    if (!predicted) {
        return;
    }
    const QPen pen = theoryPen(*series);
    std::vector<double> places;
    std::vector<double> heights;
    for (std::size_t i = 0; i < predicted->places.size(); ++i) {
        // The column of the zeros stands left of what is measured.
        if (!density.zerosApart || density.edges.empty() ||
            predicted->places[i] >= density.edges.front()) {
            places.push_back(predicted->places[i]);
            heights.push_back(
                std::min(predicted->heights[i], highestDrawn * m_plot.yAxis->range().upper));
        }
    }
    addGraph(container(series, firstSlot, places, heights))->setPen(pen);
    for (const auto& atom : predicted->atoms) {
        QPen wide = pen;
        wide.setWidthF(atomWidth * pen.widthF());
        addPlace(atom.place, wide,
                 tr("theory: %1 at %2").arg(percentText(atom.mass), valueText(atom.place, scale)));
    }
    const bool isAtom =
        !predicted->atoms.empty() && predicted->atoms.back().place >= predicted->largest - 1e-9;
    if (!isAtom && std::isfinite(predicted->largest)) {
        addPlace(predicted->largest, pen, tr("σ max, theory"));
    }
}

void ChartScene::addPlace(double place, const QPen& pen, const QString& text)
{
    const auto put = [](QCPItemPosition* position, double x, double shareFromTop) {
        position->setTypeX(QCPItemPosition::ptPlotCoords);
        position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        position->setCoords(x, shareFromTop);
    };
    auto* line = new QCPItemLine(&m_plot);
    put(line->start, place, 1);
    put(line->end, place, placeTop);
    line->setPen(pen);
    line->setSelectable(false);
    const QCPRange horizontal = m_plot.xAxis->range();
    const bool atRight = place > horizontal.lower + horizontal.size() / 2;
    auto* label = new QCPItemText(&m_plot);
    put(label->position, place, placeTop);
    label->setPositionAlignment(Qt::AlignTop | (atRight ? Qt::AlignRight : Qt::AlignLeft));
    label->setPadding({5, 0, 5, 0});
    label->setFont(chartFont(m_theme, m_theme.smallTextSize));
    label->setColor(m_theme.mutedText);
    label->setSelectable(false);
    label->setText(text);
}

} // namespace initlens::ui
