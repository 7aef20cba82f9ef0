#pragma once

#include "core/base/result.h"
#include "core/experiment/run.h"

#include <QObject>

namespace initlens::ui {

/// Reads and writes result files without holding up the window; answers on the window's thread.
class ResultFiles : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void read(const QString& path);
    void write(const QString& path, const experiment::RecordPointer& record);

Q_SIGNALS:
    /// `name` is that of the file without its ending.
    void wasRead(const QString& name, const initlens::experiment::RecordPointer& record);
    void wasWritten(const QString& path);
    void failed(const QString& sentence);
};

} // namespace initlens::ui
