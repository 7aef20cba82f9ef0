#include "ui/window/result_files.h"

#include "core/experiment/prediction.h"
#include "core/io/result_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLatin1String>
#include <QPointer>
#include <QThreadPool>

#include <filesystem>

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

// Works on a thread of Qt's pool, then answers where `context` lives, if it still does.
template <class Work, class Answer>
void inBackground(QObject* context, Work work, Answer answer)
{
    QThreadPool::globalInstance()->start([context = QPointer(context), work = std::move(work),
                                          answer = std::move(answer)]() mutable {
        auto outcome = std::make_shared<decltype(work())>(work());
        QMetaObject::invokeMethod(
            qApp,
            [context, outcome, answer = std::move(answer)] {
                if (context != nullptr) {
                    answer(*outcome);
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace

void ResultFiles::read(const QString& path)
{
    inBackground(
        this,
        [path] {
            auto record = io::readResult(nativePath(path));
            if (record) {
                record->prediction = experiment::predict(
                    record->spec, [](const experiment::PredictionPointer& /*grown*/) {},
                    Execution());
                if (record->agreements.empty()) { // a file of an earlier version
                    record->agreements = experiment::agreementsOf(*record);
                }
            }
            return record;
        },
        [this, path](Result<experiment::RunRecord>& outcome) {
            if (outcome) {
                Q_EMIT wasRead(runName(path),
                               std::make_shared<const experiment::RunRecord>(*std::move(outcome)));
            } else {
                Q_EMIT failed(
                    tr("%1 cannot be opened: %2")
                        .arg(shortName(path), QString::fromStdString(outcome.error().message())));
            }
        });
}

void ResultFiles::write(const QString& path, const experiment::RecordPointer& record)
{
    inBackground(
        this, [path, record] { return io::writeResult(nativePath(path), *record); },
        [this, path](Status& outcome) {
            if (outcome) {
                Q_EMIT wasWritten(path);
            } else {
                Q_EMIT failed(
                    tr("%1 cannot be written: %2")
                        .arg(shortName(path), QString::fromStdString(outcome.error().message())));
            }
        });
}

} // namespace initlens::ui
