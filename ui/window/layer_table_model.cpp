#include "ui/window/layer_table_model.h"

#include "core/diagnostics/diagnostic.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/density.h"
#include "ui/form/field_editor.h"

#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::ui {

namespace {

/// Place of the median in spectrum::quantileLevels.
constexpr std::size_t medianLevel = spectrum::quantileLevels.size() / 2;

constexpr double minusInfinity = -std::numeric_limits<double>::infinity();

template <class T>
const T* readingOf(const ShownRun& run, const diagnostics::Diagnostic& diagnostic)
{
    const std::string id(diagnostic.head.id);
    const auto found = run.readings.find(id);
    return found == run.readings.end() || run.outdated.count(id) > 0
               ? nullptr
               : std::get_if<T>(found->second.get());
}

std::ptrdiff_t indexOfLayer(const std::vector<std::int32_t>& layers, int layer)
{
    const auto found = std::find(layers.begin(), layers.end(), layer);
    return found == layers.end() ? -1 : found - layers.begin();
}

QString profileCell(const ShownRun& run, const diagnostics::Diagnostic& diagnostic, int layer)
{
    const auto* profile = readingOf<diagnostics::Profile>(run, diagnostic);
    const auto index = profile == nullptr ? -1 : indexOfLayer(profile->layers, layer);
    return index < 0 ? QString()
                     : valueText(profile->values[static_cast<std::size_t>(index)], profile->scale);
}

std::optional<SpectrumValues> spectrumAt(const ShownRun& run,
                                         const diagnostics::Diagnostic& diagnostic, int layer)
{
    const auto* spectrum = readingOf<diagnostics::Spectrum>(run, diagnostic);
    const auto index = spectrum == nullptr ? -1 : indexOfLayer(spectrum->layers, layer);
    return index < 0 ? std::nullopt : valuesAt(*spectrum, static_cast<std::size_t>(index));
}

/// With nothing but exact zeros the largest is one of them.
double largestOf(const SpectrumValues& values)
{
    return values.nonZeros() == 0 ? minusInfinity : values.quantiles().back();
}

QString medianOf(const SpectrumValues& values)
{
    const double median = values.quantiles()[medianLevel];
    return values.sketch != nullptr && values.nonZeros() > 0 && std::isnan(median)
               ? QStringLiteral("< ") + magnitudeText(values.log10Resolution)
               : magnitudeText(median);
}

} // namespace

LayerTableModel::LayerTableModel(QObject* parent)
    : QAbstractTableModel(parent), m_theme(lightChartTheme())
{}

void LayerTableModel::show(const std::vector<ShownRun>& runs, int layer)
{
    std::vector<Column> columns;
    std::vector<const ShownRun*> visible;
    for (const ShownRun& run : runs) {
        if (run.visible) {
            columns.push_back({run.id, run.name, run.style});
            visible.push_back(&run);
        }
    }
    std::vector<Row> rows;
    const auto addRow = [&](const QString& label, const QString& help, const auto& cell) {
        Row row{.label = label, .help = help, .cells = {}};
        for (const ShownRun* run : visible) {
            row.cells << cell(*run);
        }
        if (std::any_of(row.cells.begin(), row.cells.end(),
                        [](const QString& text) { return !text.isEmpty(); })) {
            rows.push_back(std::move(row));
        }
    };
    for (const auto* diagnostic : diagnostics::Diagnostic::table()) {
        const QString help = toQString(diagnostic->head.formula);
        if (diagnostic->reading == diagnostics::Kind::Profile) {
            addRow(toQString(diagnostic->head.label), help,
                   [&](const ShownRun& run) { return profileCell(run, *diagnostic, layer); });
        } else if (diagnostic->reading == diagnostics::Kind::Spectrum) {
            const auto ofSpectrum = [&](const auto& text) {
                return [&, text](const ShownRun& run) {
                    const auto values = spectrumAt(run, *diagnostic, layer);
                    return values ? text(*values) : QString();
                };
            };
            addRow(tr("Largest σ"), help,
                   ofSpectrum([](const SpectrumValues& s) { return magnitudeText(largestOf(s)); }));
            addRow(tr("Median σ ≠ 0"), help,
                   ofSpectrum([](const SpectrumValues& s) { return medianOf(s); }));
            addRow(tr("σ = 0 exactly"), help, ofSpectrum([](const SpectrumValues& s) {
                       return tr("%1/%2").arg(s.exactZeros).arg(s.nonZeros() + s.exactZeros);
                   }));
        }
    }
    if (columns == m_columns && rows.size() == m_rows.size()) {
        if (rows != m_rows) {
            m_rows = std::move(rows);
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
        }
        return;
    }
    beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    endResetModel();
}

int LayerTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayerTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 1;
}

QVariant LayerTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isLabel = index.column() == 0;
    switch (role) {
    case Qt::DisplayRole:
        return isLabel ? row.label : row.cells[index.column() - 1];
    case Qt::ToolTipRole:
        return row.help;
    case Qt::TextAlignmentRole:
        return static_cast<int>((isLabel ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
        return isLabel ? row.label
                       : tr("%1 of %2: %3")
                             .arg(row.label,
                                  m_columns[static_cast<std::size_t>(index.column() - 1)].name,
                                  row.cells[index.column() - 1]);
    default:
        return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        return section == 0 ? tr("Reading") : m_columns[static_cast<std::size_t>(section - 1)].name;
    }
    if (role == Qt::DisplayRole) {
        return QString();
    }
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::DecorationRole && section > 0) {
        return markerIcon(m_columns[static_cast<std::size_t>(section - 1)].style);
    }
    return {};
}

void LayerTableModel::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

QIcon LayerTableModel::markerIcon(int number) const
{
    constexpr int size = 10;
    constexpr int scale = 2;
    QPixmap pixmap(size * scale, size * scale);
    pixmap.fill(Qt::transparent);
    pixmap.setDevicePixelRatio(scale);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto style = seriesStyle(m_theme, number);
    drawMarker(painter, style.marker, {size / 2.0, size / 2.0}, size - 2, style.colour);
    painter.end();
    return QIcon(pixmap);
}

} // namespace initlens::ui
