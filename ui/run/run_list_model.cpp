#include "ui/run/run_list_model.h"

#include <algorithm>
#include <utility>

namespace initlens::ui {

bool sameTheory(const experiment::RunSpec& a, experiment::RunSpec b)
{
    b.histogramLayer = a.histogramLayer;
    return a == b;
}

RunListModel::RunListModel(QObject* parent) : QAbstractListModel(parent)
{
    Entry current;
    current.shown.current = true;
    current.shown.name = defaultName(current.shown.spec);
    m_entries.push_back(std::move(current));
}

int RunListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant RunListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ShownRun& shown = run(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return shown.name;
    case DetailRole:
        return tr("%1 · %2").arg(shown.current ? tr("current") : tr("pinned"),
                                 shortDescription(shown.spec));
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3")
            .arg(shown.name, shown.current ? tr("current run") : tr("pinned run"),
                 shown.visible ? tr("shown") : tr("hidden"));
    case Qt::ToolTipRole:
        return toolTip(shown);
    case VisibleRole:
        return shown.visible;
    case CurrentRole:
        return shown.current;
    case StyleRole:
        return shown.style;
    default:
        return {};
    }
}

QString RunListModel::toolTip(const ShownRun& shown) const
{
    const QString own = tr("%1, seed %2").arg(shortDescription(shown.spec)).arg(shown.spec.seed);
    const QString apart = differences(shown.spec, run(currentRow).spec);
    return apart.isEmpty() ? own : tr("%1\nTo the current run: %2").arg(own, apart);
}

bool RunListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return false;
    }
    ShownRun& shown = m_entries[static_cast<std::size_t>(index.row())].shown;
    const QString name = value.toString().simplified();
    if (role == Qt::EditRole && !name.isEmpty()) {
        shown.name = name;
        m_entries[static_cast<std::size_t>(index.row())].named = true;
        m_entries[static_cast<std::size_t>(index.row())].fromPreset = false;
    } else if (role == VisibleRole) {
        shown.visible = value.toBool();
    } else {
        return false;
    }
    changed(index.row());
    return true;
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const
{
    auto flags = QAbstractListModel::flags(index);
    flags.setFlag(Qt::ItemIsEditable, index.isValid());
    flags.setFlag(Qt::ItemNeverHasChildren, index.isValid());
    return flags;
}

QHash<int, QByteArray> RunListModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert(VisibleRole, "visible");
    names.insert(CurrentRole, "current");
    names.insert(StyleRole, "style");
    names.insert(DetailRole, "detail");
    return names;
}

std::vector<ShownRun> RunListModel::runs() const
{
    std::vector<ShownRun> all;
    all.reserve(m_entries.size());
    for (const Entry& entry : m_entries) {
        all.push_back(entry.shown);
    }
    return all;
}

const ShownRun& RunListModel::run(int row) const
{
    return m_entries.at(static_cast<std::size_t>(row)).shown;
}

const ShownRun* RunListModel::find(int id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &run(row);
}

experiment::RecordPointer RunListModel::record(int row) const
{
    return m_entries.at(static_cast<std::size_t>(row)).record;
}

void RunListModel::setSpec(int id, const experiment::RunSpec& spec)
{
    const int row = rowOf(id);
    if (row < 0 || run(row).spec == spec) {
        return;
    }
    ShownRun& shown = m_entries[static_cast<std::size_t>(row)].shown;
    Entry& entry = m_entries[static_cast<std::size_t>(row)];
    const bool wasFromPreset = entry.fromPreset;
    // A name that a preset gave says what the run is, so it goes with any change.
    const bool sameRun = difference(spec, shown.spec).isEmpty();
    entry.fromPreset = entry.fromPreset && sameRun;
    entry.named = entry.named &&
                  (sameRun || (!wasFromPreset && defaultName(shown.spec) == defaultName(spec)));
    if (!entry.named) {
        shown.name = distinctName(spec);
    }
    shown.spec = spec;
    shown.finished = false;
    for (const auto& reading : shown.readings) {
        shown.outdated.insert(reading.first);
    }
    shown.predictionOutdated = shown.prediction != nullptr && !sameTheory(entry.predicted, spec);
    entry.record = nullptr;
    changed(row);
}

QString RunListModel::distinctName(const experiment::RunSpec& spec) const
{
    const QString name = defaultName(spec);
    for (auto entry = m_entries.begin() + 1; entry != m_entries.end(); ++entry) {
        if (entry->shown.name == name) {
            const QString own = difference(spec, entry->shown.spec);
            return own.isEmpty() ? name : tr("%1, %2").arg(name, own);
        }
    }
    return name;
}

void RunListModel::setPrediction(int id, const experiment::RunSpec& spec,
                                 const experiment::PredictionPointer& prediction)
{
    if (const int row = rowOf(id); row >= 0) {
        Entry& entry = m_entries[static_cast<std::size_t>(row)];
        entry.predicted = spec;
        entry.shown.prediction = prediction;
        entry.shown.predictionOutdated = false;
        Q_EMIT runChanged(run(row));
    }
}

bool RunListModel::hasPredictionOf(int id, const experiment::RunSpec& spec) const
{
    const int row = rowOf(id);
    if (row < 0) {
        return false;
    }
    const Entry& entry = m_entries[static_cast<std::size_t>(row)];
    return entry.shown.prediction != nullptr && sameTheory(entry.predicted, spec);
}

void RunListModel::dropEarlyPrediction(int id)
{
    const int row = rowOf(id);
    if (row < 0 || hasPredictionOf(id, run(row).spec)) {
        return;
    }
    const Entry& entry = m_entries[static_cast<std::size_t>(row)];
    setPrediction(id, run(row).spec, entry.record ? entry.record->prediction : nullptr);
}

void RunListModel::setReading(int id, const diagnostics::ReadingPointer& reading)
{
    const int row = rowOf(id);
    if (row < 0) {
        return;
    }
    ShownRun& shown = m_entries[static_cast<std::size_t>(row)].shown;
    auto& slot = shown.readings[diagnostics::readingId(*reading)];
    if (slot != reading) {
        slot = reading;
        shown.outdated.erase(diagnostics::readingId(*reading));
        Q_EMIT runChanged(run(row));
    }
}

void RunListModel::setPreview(int id, const diagnostics::ReadingPointer& reading, int width)
{
    if (const int row = rowOf(id); row >= 0) {
        ShownRun& shown = m_entries[static_cast<std::size_t>(row)].shown;
        shown.previews[diagnostics::readingId(*reading)] = reading;
        shown.previewWidth = width;
        Q_EMIT runChanged(run(row));
    }
}

void RunListModel::clearPreviews(int id)
{
    const int row = rowOf(id);
    if (row >= 0 && !run(row).previews.empty()) {
        m_entries[static_cast<std::size_t>(row)].shown.previews.clear();
        Q_EMIT runChanged(run(row));
    }
}

void RunListModel::setRecord(int id, const experiment::RecordPointer& record)
{
    const int row = rowOf(id);
    if (row < 0) {
        return;
    }
    Entry& entry = m_entries[static_cast<std::size_t>(row)];
    std::map<std::string, diagnostics::ReadingPointer> readings;
    for (const auto& reading : record->readings) {
        readings.emplace(diagnostics::readingId(*reading), reading);
    }
    // A run that was stopped early has no prediction in its record.
    const auto prediction = record->prediction == nullptr && hasPredictionOf(id, record->spec)
                                ? entry.shown.prediction
                                : record->prediction;
    const bool same = entry.shown.finished && readings == entry.shown.readings &&
                      entry.shown.previews.empty() && entry.shown.prediction == prediction;
    entry.shown.previews.clear();
    entry.record = record;
    entry.shown.finished = true;
    entry.shown.prediction = prediction;
    entry.shown.predictionOutdated = false;
    entry.predicted = record->spec;
    entry.shown.outdated.clear();
    if (!same) {
        entry.shown.readings = std::move(readings);
        changed(row);
    }
    Q_EMIT recordChanged(row);
}

void RunListModel::rename(int row, const QString& name)
{
    setData(index(row), name, Qt::EditRole);
}

void RunListModel::pinCurrent()
{
    Entry entry = m_entries.front();
    entry.shown.current = false;
    entry.shown.previews.clear();
    entry.fromPreset = false;
    if (!sameTheory(entry.predicted, entry.shown.spec)) {
        entry.shown.prediction = nullptr;
    }
    entry.shown.predictionOutdated = false;
    for (const std::string& id : std::exchange(entry.shown.outdated, {})) {
        entry.shown.readings.erase(id);
    }
    append(std::move(entry));
}

void RunListModel::addPinned(const QString& name, const experiment::RunSpec& spec,
                             const experiment::RecordPointer& record)
{
    Entry entry;
    entry.shown.name = name;
    entry.shown.spec = spec;
    takeRecord(entry, record);
    append(std::move(entry));
}

void RunListModel::takeRecord(Entry& entry, const experiment::RecordPointer& record)
{
    entry.record = record;
    entry.predicted = entry.shown.spec;
    entry.shown.finished = record != nullptr;
    if (record) {
        entry.shown.prediction = record->prediction;
        for (const auto& reading : record->readings) {
            entry.shown.readings.emplace(diagnostics::readingId(*reading), reading);
        }
    }
}

void RunListModel::showPreset(const std::vector<teaching::PresetRun>& runs)
{
    for (int row = rowCount() - 1; row > currentRow; --row) {
        if (m_entries[static_cast<std::size_t>(row)].fromPreset) {
            removeRun(row);
        } else {
            setData(index(row), false, VisibleRole);
        }
    }
    setSpec(ShownRun{}.id, runs.front().spec);
    Entry& current = m_entries.front();
    current.shown.name = QString::fromStdString(runs.front().name);
    current.shown.visible = true;
    current.named = true;
    current.fromPreset = true;
    changed(currentRow);
    for (std::size_t i = 1; i < runs.size(); ++i) {
        Entry entry;
        entry.shown.name = QString::fromStdString(runs[i].name);
        entry.shown.spec = runs[i].spec;
        entry.named = true;
        entry.fromPreset = true;
        append(std::move(entry));
    }
}

void RunListModel::append(Entry entry)
{
    entry.shown.id = m_nextId++;
    entry.shown.style = freeStyle();
    entry.shown.visible = true;
    beginInsertRows({}, rowCount(), rowCount());
    m_entries.push_back(std::move(entry));
    endInsertRows();
    Q_EMIT runsChanged();
}

void RunListModel::removeRun(int row)
{
    if (row <= currentRow || row >= rowCount()) {
        return;
    }
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
    Q_EMIT runsChanged();
}

int RunListModel::rowOf(int id) const
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [id](const Entry& each) { return each.shown.id == id; });
    return entry == m_entries.end() ? -1 : static_cast<int>(entry - m_entries.begin());
}

int RunListModel::freeStyle() const
{
    int style = 0;
    while (std::any_of(m_entries.begin(), m_entries.end(),
                       [style](const Entry& entry) { return entry.shown.style == style; })) {
        ++style;
    }
    return style;
}

void RunListModel::changed(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT runChanged(run(row));
}

} // namespace initlens::ui
