#include "ui/charts/density_items.h"

#include "ui/charts/chart_text.h"

#include <QImage>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr int shadeCount = 256;
/// The upper end of the scale goes on from the run's colour towards that of the text.
constexpr double fullColourAt = 0.75;
constexpr double darkest = 0.6;

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](float from, float to) {
        return from + static_cast<float>(share) * (to - from);
    };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()),
                            mix(a.blueF(), b.blueF()));
}

} // namespace

DensityMapItem::DensityMapItem(QCustomPlot* plot, const DepthBands& bands, const QColor& colour,
                               double pixelRatio, const ChartTheme& theme)
    : PlotItem(plot), m_bands(bands), m_colour(colour), m_pixelRatio(pixelRatio), m_theme(theme)
{}

std::vector<int> DensityMapItem::columnsAcross(const QRectF& area, int dots) const
{
    const auto& columns = m_bands.map->columns;
    const auto layerOf = [&](std::size_t column) {
        return m_bands.layers[columns[column]];
    };
    const auto edgeAfter = [&](std::size_t column) {
        return column + 1 == columns.size() ? layerOf(column) + 0.5
                                            : (layerOf(column) + layerOf(column + 1)) / 2;
    };
    std::vector<int> across(static_cast<std::size_t>(dots), -1);
    std::size_t column = 0;
    for (int dot = 0; dot < dots; ++dot) {
        const double x =
            parentPlot()->xAxis->pixelToCoord(area.left() + (dot + 0.5) / m_pixelRatio);
        while (column < columns.size() && x > edgeAfter(column)) {
            ++column;
        }
        if (column < columns.size() && x >= layerOf(0) - 0.5) {
            across[static_cast<std::size_t>(dot)] = static_cast<int>(column);
        }
    }
    return across;
}

std::vector<int> DensityMapItem::rowsDown(const QRectF& area, int dots) const
{
    const auto& edges = m_bands.map->edges;
    std::vector<int> down(static_cast<std::size_t>(dots), -1);
    for (int dot = 0; dot < dots; ++dot) {
        const double y = parentPlot()->yAxis->pixelToCoord(area.top() + (dot + 0.5) / m_pixelRatio);
        const double row = std::floor((y - edges.front()) / (edges[1] - edges[0]));
        if (row >= 0 && row < static_cast<double>(m_bands.map->rows())) {
            down[static_cast<std::size_t>(dot)] = static_cast<int>(row);
        }
    }
    return down;
}

std::vector<QRgb> DensityMapItem::shades() const
{
    std::vector<QRgb> shades;
    for (int i = 0; i < shadeCount; ++i) {
        const double level = (i + 1.0) / shadeCount;
        const QColor shade = level < fullColourAt
                                 ? mixed(m_theme.background, m_colour, level / fullColourAt)
                                 : mixed(m_colour, m_theme.text,
                                         darkest * (level - fullColourAt) / (1 - fullColourAt));
        shades.push_back(shade.rgb());
    }
    return shades;
}

void DensityMapItem::draw(QCPPainter* painter)
{
    const DensityMap& map = *m_bands.map;
    const QRectF area = frame();
    const QSize size = (area.size() * m_pixelRatio).toSize();
    if (map.columns.empty() || size.isEmpty()) {
        return;
    }
    const auto across = columnsAcross(area, size.width());
    const auto down = rowsDown(area, size.height());
    const auto colours = shades();
    const double top = std::log10(map.highest);
    std::vector<QRgb> colourOf(map.heights.size(), 0);
    std::transform(map.heights.begin(), map.heights.end(), colourOf.begin(), [&](float height) {
        if (!(height > 0)) {
            return QRgb{0};
        }
        const double level = 1 + (std::log10(height) - top) / mapDecades;
        const auto shade = std::clamp(static_cast<int>(level * shadeCount), 0, shadeCount - 1);
        return colours[static_cast<std::size_t>(shade)];
    });
    QImage image(size, QImage::Format_ARGB32);
    for (int y = 0; y < size.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const int row = down[static_cast<std::size_t>(y)];
        for (int x = 0; x < size.width(); ++x) {
            const int column = across[static_cast<std::size_t>(x)];
            const auto place =
                static_cast<std::size_t>(column) * map.rows() + static_cast<std::size_t>(row);
            line[x] = row < 0 || column < 0 ? 0 : colourOf[place];
        }
    }
    painter->drawImage(area, image);
}

ZeroColumnItem::ZeroColumnItem(QCustomPlot* plot, double share, const ChartTheme& theme)
    : PlotItem(plot), m_share(share), m_theme(theme)
{}

void ZeroColumnItem::draw(QCPPainter* painter)
{
    constexpr double margin = 6;
    constexpr double width = 12;
    constexpr double thinnest = 2;
    const QRectF area = frame();
    const QFont font = chartFont(m_theme, m_theme.smallTextSize);
    const double labelRoom = m_theme.smallTextSize + 6;
    const QString label = QStringLiteral("0: ") + percentText(m_share);
    const double labelWidth = QFontMetricsF(font).horizontalAdvance(label);
    const double border = area.left() + labelWidth + 2 * margin;
    const double height = std::max(thinnest, m_share * (area.height() - labelRoom));
    const QRectF column((area.left() + border - width) / 2, area.bottom() + 1 - height, width,
                        height);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.zeroStrip);
    painter->drawRect(column);
    painter->setPen(QPen(m_theme.axis, m_theme.axisWidth, Qt::DotLine));
    painter->drawLine(QPointF(border, area.top()), QPointF(border, area.bottom()));
    painter->setPen(m_theme.mutedText);
    painter->setFont(font);
    painter->drawText(QPointF(area.left() + margin, column.top() - 5), label);
}

} // namespace initlens::ui
