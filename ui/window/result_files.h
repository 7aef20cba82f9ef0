#pragma once

#include "core/base/result.h"
#include "core/experiment/run.h"
#include "core/io/session_file.h"

#include <QObject>

#include <functional>

namespace initlens::ui {

/// A session with what its file does not hold but the charts show; null where it cannot be read.
/// Takes a while.
io::SessionPointer readSessionFile(const QString& path);

/// Reads and writes sessions and results, and reads specs, without holding up the window; answers
/// on the window's thread.
class ResultFiles : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void read(const QString& path);
    void write(const QString& path, const experiment::RecordPointer& record);
    void write(const QString& path, const io::SessionPointer& session);

Q_SIGNALS:
    /// `name` is that of the file without its ending.
    void resultRead(const QString& name, const initlens::experiment::RecordPointer& record);
    void sessionRead(const initlens::io::SessionPointer& session);
    void specRead(const initlens::experiment::RunSpec& spec);
    /// After each of these.
    void wasRead(const QString& path);
    void wasWritten(const QString& path);
    void failed(const QString& sentence);

private:
    void start(const QString& path, std::function<Status()> write);
};

} // namespace initlens::ui
