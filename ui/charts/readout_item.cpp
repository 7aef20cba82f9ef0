#include "ui/charts/readout_item.h"

#include "ui/charts/chart_layers.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/run_comparison.h"
#include "ui/charts/theory_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr double padding = 9;
constexpr double distance = 12;
constexpr double columnGap = 14;
constexpr double glyphWidth = 16;
constexpr double widestName = 150;
constexpr double zeroStripRoom = 34;

/// A box with more runs would hide what it is about.
constexpr std::size_t mostRuns = 12;

const std::vector<double>* curveOf(const Series& series, const std::vector<double>*& layers)
{
    if (const auto* curve = std::get_if<DepthCurve>(&series.shape)) {
        layers = &curve->layers;
        return &curve->values;
    }
    if (const auto* bands = std::get_if<DepthBands>(&series.shape)) {
        layers = &bands->layers;
        return &bands->median();
    }
    if (const auto* along = std::get_if<diagnostics::Curve>(&series.shape)) {
        layers = &along->positions;
        return &along->values;
    }
    return nullptr;
}

} // namespace

std::optional<int> ReadoutItem::shownLayer() const
{
    return m_crosshair && m_model != nullptr ? nearestLayer(*m_model, *m_crosshair) : std::nullopt;
}

std::optional<double> ReadoutItem::shownPosition() const
{
    if (!m_position || m_model == nullptr) {
        return std::nullopt;
    }
    const auto* curve = m_model->leading<diagnostics::Curve>();
    return curve == nullptr ? std::nullopt : nearestPosition(*curve, *m_position);
}

std::vector<ReadoutRow> ReadoutItem::rowsAlong(double position) const
{
    const QString header =
        QStringLiteral("%1: %2").arg(horizontalTitle(*m_model), numberText(position));
    const QStringList columns = hasTheory(*m_model) ? readoutColumns(*m_model) : QStringList();
    std::vector<ReadoutRow> rows{{nullptr, QStringList{header} + columns}};
    for (auto series = m_model->series.rbegin(); series != m_model->series.rend(); ++series) {
        const QStringList values = readoutValuesAt(**series, position);
        if (!values.isEmpty()) {
            rows.push_back({series->get(), QStringList{(*series)->name} + values});
        }
    }
    return rows;
}

std::vector<ReadoutRow> ReadoutItem::rows() const
{
    if (const auto position = shownPosition()) {
        return rowsAlong(*position);
    }
    const auto layer = shownLayer();
    if (!layer) {
        return {};
    }
    std::vector<ReadoutRow> rows;
    const auto header = QStringList{QCoreApplication::translate("Charts", "layer %1").arg(*layer)};
    QStringList columns = readoutColumns(*m_model);
    const bool compares = comparesRuns(*m_model);
    if (compares) {
        if (columns.isEmpty()) {
            columns << QCoreApplication::translate("Charts", "measured");
        }
        columns << comparisonTitle(*m_model);
    }
    rows.push_back({nullptr, header + columns});
    const auto add = [&](const Series& series) {
        const QStringList values = readoutValues(series, m_model->valueScale(), *layer);
        const bool says = !series.outdated || series.theory.current() != nullptr;
        if (!values.isEmpty() && says) {
            QStringList cells = QStringList{series.name} + values;
            if (compares) {
                // A run without theory leaves its place empty.
                while (cells.size() < columns.size()) {
                    cells << QString();
                }
                cells << comparisonText(*m_model, series, *layer);
            }
            rows.push_back({&series, cells});
        }
    };
    add(*m_model->series.back());
    for (std::size_t i = 0; i + 1 < m_model->series.size(); ++i) {
        add(*m_model->series[i]);
    }
    return rows;
}

void ReadoutItem::draw(QCPPainter* painter)
{
    if (m_model == nullptr) {
        return;
    }
    std::optional<double> place = shownPosition();
    if (isOverDepth(m_model->chart.view)) {
        drawSelection(*painter);
        place = shownLayer();
    }
    if (!place) {
        return;
    }
    const QRectF area = frame();
    const double x = pixelX(*place);
    if (x < area.left() || x > area.right()) {
        return;
    }
    painter->setPen(QPen(m_theme.crosshair, 1, Qt::DotLine));
    painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    if (const auto box = boxOf(*place)) {
        drawBox(*painter, *box);
    }
}

void ReadoutItem::drawSelection(QCPPainter& painter) const
{
    const QRectF area = frame();
    const double x = pixelX(m_selected);
    if (m_selected <= 0 || x < area.left() || x > area.right()) {
        return;
    }
    QColor faint = m_theme.accent;
    faint.setAlphaF(0.4F);
    painter.setPen(QPen(faint, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.accent);
    painter.drawPolygon(QPolygonF{
        {x - 5, area.bottom() + 7.5}, {x, area.bottom() + 1}, {x + 5, area.bottom() + 7.5}});
}

std::optional<ReadoutItem::Box> ReadoutItem::boxOf(double place) const
{
    std::vector<ReadoutRow> all = rows();
    auto box = boxOf(place, all);
    // A narrow chart does without the last columns: the comparison, then theory.
    constexpr qsizetype fewest = 2;
    while (!box && !all.empty() && all.front().cells.size() > fewest) {
        const qsizetype kept = all.front().cells.size() - 1;
        for (ReadoutRow& row : all) {
            row.cells = row.cells.mid(0, kept);
        }
        box = boxOf(place, all);
    }
    return box;
}

std::optional<ReadoutItem::Box> ReadoutItem::boxOf(double place, std::vector<ReadoutRow> rows) const
{
    const QFontMetricsF metrics(chartFont(m_theme, m_theme.textSize));
    const QRectF room = frame();
    Box box;
    box.rows = std::move(rows);
    box.rowHeight = std::ceil(metrics.height() * 1.25);
    const auto fitting =
        static_cast<std::size_t>(std::max(0.0, (room.height() - 2 * padding) / box.rowHeight));
    if (fitting < 2 || box.rows.size() < 2) {
        return std::nullopt;
    }
    box.rows.resize(std::min({box.rows.size(), fitting, mostRuns + 1}));
    for (const ReadoutRow& row : box.rows) {
        box.widths.resize(std::max(box.widths.size(), static_cast<std::size_t>(row.cells.size())));
        for (qsizetype i = 0; i < row.cells.size(); ++i) {
            double& width = box.widths[static_cast<std::size_t>(i)];
            width = std::max(width, std::ceil(metrics.horizontalAdvance(row.cells[i])));
        }
    }
    double fixed = 2 * padding + glyphWidth;
    for (std::size_t i = 1; i < box.widths.size(); ++i) {
        fixed += box.widths[i] + columnGap;
    }
    box.widths[0] = std::min({box.widths[0], widestName, room.width() - fixed});
    if (box.widths[0] < metrics.horizontalAdvance(box.rows.front().cells.front()) - glyphWidth) {
        return std::nullopt;
    }
    const QSizeF size(
        std::ceil(fixed + box.widths[0]),
        std::ceil(2 * padding - 3 + box.rowHeight * static_cast<double>(box.rows.size())));
    box.area = QRectF(corner(size, pixelX(place)), size);
    return box;
}

void ReadoutItem::drawBox(QCPPainter& painter, const Box& box) const
{
    painter.setAntialiasing(true);
    painter.setPen(QPen(m_theme.readoutBorder, 1));
    painter.setBrush(m_theme.readout);
    painter.drawRoundedRect(box.area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(chartFont(m_theme, m_theme.textSize));
    for (std::size_t row = 0; row < box.rows.size(); ++row) {
        drawRow(painter, box, row);
    }
}

void ReadoutItem::drawRow(QCPPainter& painter, const Box& box, std::size_t row) const
{
    const ReadoutRow& texts = box.rows[row];
    const double y = box.area.top() + padding - 2 + box.rowHeight * static_cast<double>(row);
    double x = box.area.left() + padding;
    double nameWidth = box.widths[0];
    if (texts.series != nullptr) {
        const SeriesStyle style = seriesStyle(m_theme, texts.series->style);
        drawMarker(painter, style.marker, QPointF(x + 5, y + box.rowHeight / 2), 9, style.colour);
        x += glyphWidth;
    } else {
        nameWidth += glyphWidth;
    }
    painter.setPen(texts.series == nullptr ? m_theme.mutedText : m_theme.text);
    painter.drawText(
        QRectF(x, y, nameWidth, box.rowHeight), Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(painter.font()).elidedText(texts.cells[0], Qt::ElideMiddle, nameWidth));
    x += nameWidth;
    for (qsizetype i = 1; i < texts.cells.size(); ++i) {
        const double width = box.widths[static_cast<std::size_t>(i)];
        x += columnGap;
        painter.drawText(QRectF(x, y, width, box.rowHeight), Qt::AlignRight | Qt::AlignVCenter,
                         texts.cells[i]);
        x += width;
    }
}

QPointF ReadoutItem::corner(const QSizeF& size, double crosshairX) const
{
    QRectF area = frame();
    if (const auto* bands = m_model->leading<DepthBands>();
        bands != nullptr && bands->hasZeros() && area.height() > size.height() + zeroStripRoom) {
        area.setBottom(area.bottom() - zeroStripRoom);
    }
    const double right = crosshairX + distance;
    const double left = crosshairX - distance - size.width();
    std::vector<double> columns;
    if (right + size.width() <= area.right()) {
        columns.push_back(right);
    }
    if (left >= area.left()) {
        columns.push_back(left);
    }
    if (columns.empty()) {
        columns.push_back(crosshairX < area.center().x() ? area.right() - size.width()
                                                         : area.left());
    }
    const double free = std::max(0.0, area.height() - size.height());
    QPointF best;
    int fewest = -1;
    for (const double x : columns) {
        for (const double part : {0.04, 0.35, 0.65, 0.96}) {
            const QPointF candidate(x, area.top() + free * part);
            const int hidden = pointsInside(QRectF(candidate, size));
            if (fewest < 0 || hidden < fewest) {
                fewest = hidden;
                best = candidate;
            }
        }
    }
    return {std::floor(best.x()), std::floor(best.y())};
}

int ReadoutItem::pointsInside(const QRectF& box) const
{
    constexpr int samples = 12;
    int inside = 0;
    const QCPAxis* axis = parentPlot()->xAxis;
    for (const SeriesPointer& series : m_model->series) {
        const std::vector<double>* layers = nullptr;
        const std::vector<double>* values = curveOf(*series, layers);
        if (values == nullptr || layers->empty()) {
            continue;
        }
        for (int i = 0; i <= samples; ++i) {
            const double layer = axis->pixelToCoord(box.left() + box.width() * i / samples);
            const auto found = std::lower_bound(layers->begin(), layers->end(), layer);
            if (found == layers->end()) {
                continue;
            }
            const double y = pixelY((*values)[static_cast<std::size_t>(found - layers->begin())]);
            inside += y > box.top() - 6 && y < box.bottom() + 6 ? 1 : 0;
        }
    }
    return inside;
}

} // namespace initlens::ui
