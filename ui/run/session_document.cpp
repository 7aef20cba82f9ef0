#include "core/io/session_file.h"
#include "ui/run/run_list_model.h"
#include "ui/run/session.h"

#include <chrono>
#include <utility>

// What the window has, as a value for a file, and back.

namespace initlens::ui {

std::vector<io::SessionRun> RunListModel::toFile() const
{
    std::vector<io::SessionRun> runs;
    runs.reserve(m_entries.size());
    for (const Entry& entry : m_entries) {
        runs.push_back({.name = entry.shown.name.toStdString(),
                        .ownName = entry.named,
                        .visible = entry.shown.visible,
                        .style = entry.shown.style,
                        .spec = entry.shown.spec,
                        .record = entry.record});
    }
    return runs;
}

void RunListModel::restore(const std::vector<io::SessionRun>& runs)
{
    std::vector<Entry> entries;
    entries.reserve(runs.size());
    for (const io::SessionRun& run : runs) {
        Entry entry;
        entry.shown.current = entries.empty();
        entry.shown.id = entries.empty() ? ShownRun{}.id : m_nextId++;
        entry.shown.name = QString::fromStdString(run.name).simplified();
        if (entry.shown.name.isEmpty()) {
            entry.shown.name = defaultName(run.spec);
        }
        entry.shown.visible = run.visible;
        entry.shown.style = run.style;
        entry.shown.spec = run.spec;
        entry.named = run.ownName;
        takeRecord(entry, run.record);
        entries.push_back(std::move(entry));
    }
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
    Q_EMIT runsChanged();
}

io::SessionDocument Session::toFile() const
{
    io::SessionDocument document;
    document.runs = m_runs.toFile();
    // Settings that cannot run are no part of a file: it would be refused.
    document.spec =
        experiment::validate(m_spec).empty() ? m_spec : m_runs.run(RunListModel::currentRow).spec;
    return document;
}

void Session::restore(const io::SessionDocument& document)
{
    m_chores.abandon();
    m_chore.reset();
    m_done.clear();
    m_theory.abandon();
    m_current.abandon();
    m_runs.restore(document.runs);
    m_selectedLayer = static_cast<int>(document.spec.histogramLayer);
    auto record = document.runs.front().record;
    if (record != nullptr && !sameTheory(record->spec, document.spec)) {
        record = nullptr;
    }
    m_history.add(document.spec, SpecHistory::Clock::now());
    if (record != nullptr) {
        m_history.remember(record);
    }
    show({.spec = document.spec, .record = record});
}

} // namespace initlens::ui
