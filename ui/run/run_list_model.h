#pragma once

#include "core/experiment/run.h"
#include "core/io/session_file.h"
#include "core/teaching/preset.h"
#include "ui/charts/shown_run.h"
#include "ui/run/run_names.h"

#include <QAbstractListModel>

#include <vector>

namespace initlens::ui {

/// Whether theory says the same of both: the layer of the histograms is nothing to it.
bool sameTheory(const experiment::RunSpec& a, experiment::RunSpec b);

/// The runs on screen: the current one in the first row, then the pinned ones.
class RunListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        VisibleRole = Qt::UserRole + 1, ///< bool, can be set
        CurrentRole,                    ///< bool
        StyleRole,                      ///< int, for seriesStyle()
        DetailRole,                     ///< QString, the second line
    };
    static constexpr int currentRow = 0;

    explicit RunListModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] std::vector<ShownRun> runs() const;
    [[nodiscard]] const ShownRun& run(int row) const;
    [[nodiscard]] const ShownRun* find(int id) const;
    /// What a run has left; null while it has never finished.
    [[nodiscard]] experiment::RecordPointer record(int row) const;

    void setSpec(int id, const experiment::RunSpec& spec);
    /// `spec` is what it predicts, which may be the next spec of the run already.
    void setPrediction(int id, const experiment::RunSpec& spec,
                       const experiment::PredictionPointer& prediction);
    [[nodiscard]] bool hasPredictionOf(int id, const experiment::RunSpec& spec) const;
    /// The next spec will not be run: the prediction is that of what is shown again.
    void dropEarlyPrediction(int id);
    void setReading(int id, const diagnostics::ReadingPointer& reading);
    /// What a narrow network of that width shows meanwhile; gone with the next spec or record.
    void setPreview(int id, const diagnostics::ReadingPointer& reading, int width);
    void clearPreviews(int id);
    /// Takes the record's prediction and readings for those of the run; what the record lacks is
    /// gone.
    void setRecord(int id, const experiment::RecordPointer& record);
    void rename(int row, const QString& name);

    /// Keeps the current run as it is in a row of its own.
    void pinCurrent();
    /// Adds a pinned run; `record` may be null when it is yet to be computed.
    void addPinned(const QString& name, const experiment::RunSpec& spec,
                   const experiment::RecordPointer& record);
    /// The first run becomes the current one, the others are added as pinned ones. What an earlier
    /// preset has added is gone, unless it was renamed; other pinned runs are hidden.
    void showPreset(const std::vector<teaching::PresetRun>& runs);
    /// The runs as a session file holds them.
    [[nodiscard]] std::vector<io::SessionRun> toFile() const;
    /// Shows these runs in place of all others; there is at least one.
    void restore(const std::vector<io::SessionRun>& runs);
    /// Removes a pinned run; the current one stays.
    void removeRun(int row);

Q_SIGNALS:
    /// One run has changed in any way.
    void runChanged(const initlens::ui::ShownRun& run);
    /// A run has a new record.
    void recordChanged(int row);
    /// Runs came or went.
    void runsChanged();

private:
    struct Entry {
        ShownRun shown;
        experiment::RecordPointer record;
        experiment::RunSpec predicted; ///< what the prediction is of, where there is one
        bool named = false;            ///< by hand or by a preset
        bool fromPreset = false;       ///< as the preset has it: not the user's
    };

    [[nodiscard]] int rowOf(int id) const;
    [[nodiscard]] int freeStyle() const;
    /// The default name, with what sets the spec apart from a pinned run of that name.
    [[nodiscard]] QString distinctName(const experiment::RunSpec& spec) const;
    [[nodiscard]] QString toolTip(const ShownRun& shown) const;
    /// Gives an entry without readings those of a record, which may be null.
    static void takeRecord(Entry& entry, const experiment::RecordPointer& record);
    void append(Entry entry);
    void changed(int row);

    std::vector<Entry> m_entries;
    int m_nextId = 1;
};

} // namespace initlens::ui
