#include "ui/window/result_files.h"

#include "core/experiment/prediction.h"
#include "core/io/result_file.h"
#include "core/io/session_file.h"
#include "ui/window/background.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLatin1String>
#include <QThreadPool>

#include <filesystem>
#include <memory>
#include <utility>
#include <variant>

namespace initlens::ui {

namespace {

std::filesystem::path nativePath(const QString& path)
{
    return {path.toStdU16String()};
}

QString shortName(const QString& path)
{
    return QDir::toNativeSeparators(path);
}

QString runName(const QString& path)
{
    QString name = QFileInfo(path).completeBaseName();
    const QLatin1String ending(".initlens");
    if (name.endsWith(ending) && name.size() > ending.size()) {
        name.chop(ending.size());
    }
    return name;
}

// What a file does not hold but the charts show.
void complete(experiment::RunRecord& record)
{
    record.prediction = experiment::predict(
        record.spec, [](const experiment::PredictionPointer& /*grown*/) {}, Execution());
    if (record.agreements.empty()) { // a file of an earlier version
        record.agreements = experiment::agreementsOf(record);
    }
}

using Opened = std::variant<io::SessionPointer, experiment::RecordPointer, experiment::RunSpec>;

Opened opened(io::SessionDocument session)
{
    constexpr qint64 patience = 1500; // milliseconds
    QElapsedTimer timer;
    timer.start();
    for (io::SessionRun& run : session.runs) {
        if (run.record != nullptr) {
            auto record = *run.record;
            // The spectra of many runs take long: the later ones do without.
            if (timer.elapsed() < patience) {
                complete(record);
            } else {
                record.prediction = experiment::predictProfiles(record.spec, Execution());
            }
            run.record = std::make_shared<const experiment::RunRecord>(std::move(record));
        }
    }
    return std::make_shared<const io::SessionDocument>(std::move(session));
}

Opened opened(experiment::RunRecord record)
{
    complete(record);
    return std::make_shared<const experiment::RunRecord>(std::move(record));
}

Opened opened(experiment::RunSpec spec)
{
    return spec;
}

} // namespace

io::SessionPointer readSessionFile(const QString& path)
{
    auto file = io::readOpenedFile(nativePath(path));
    auto* session = file ? std::get_if<io::SessionDocument>(&*file) : nullptr;
    return session == nullptr ? nullptr : std::get<io::SessionPointer>(opened(std::move(*session)));
}

void ResultFiles::read(const QString& path)
{
    inBackground(
        *QThreadPool::globalInstance(), this,
        [path]() -> Result<Opened> {
            auto file = io::readOpenedFile(nativePath(path));
            if (!file) {
                return file.error();
            }
            return std::visit([](auto& value) { return opened(std::move(value)); }, *file);
        },
        [this, path](Result<Opened>& outcome) {
            if (!outcome) {
                Q_EMIT failed(
                    tr("%1 cannot be opened: %2")
                        .arg(shortName(path), QString::fromStdString(outcome.error().message())));
                return;
            }
            if (const auto* session = std::get_if<io::SessionPointer>(&*outcome)) {
                Q_EMIT sessionRead(*session);
            } else if (const auto* record = std::get_if<experiment::RecordPointer>(&*outcome)) {
                Q_EMIT resultRead(runName(path), *record);
            } else {
                Q_EMIT specRead(std::get<experiment::RunSpec>(*outcome));
            }
            Q_EMIT wasRead(path);
        });
}

void ResultFiles::write(const QString& path, const experiment::RecordPointer& record)
{
    start(path, [path, record] { return io::writeResult(nativePath(path), *record); });
}

void ResultFiles::write(const QString& path, const io::SessionPointer& session)
{
    start(path, [path, session] { return io::writeSession(nativePath(path), *session); });
}

void ResultFiles::start(const QString& path, std::function<Status()> write)
{
    inBackground(*QThreadPool::globalInstance(), this, std::move(write),
                 [this, path](Status& outcome) {
                     if (outcome) {
                         Q_EMIT wasWritten(path);
                     } else {
                         Q_EMIT failed(tr("%1 cannot be written: %2")
                                           .arg(shortName(path),
                                                QString::fromStdString(outcome.error().message())));
                     }
                 });
}

} // namespace initlens::ui
