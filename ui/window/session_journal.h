#pragma once

#include "core/io/session_file.h"

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace initlens::ui {

/// Keeps what is in the window on the disk, so that a crash loses no more than the last seconds,
/// and finds what an earlier crash has left.
///
/// Every running program has a journal of its own in the directory, beside a lock that dies with
/// it: a journal whose lock is free was left by a program that did not end well. What the window
/// opens with is not kept, so that looking in takes nothing from the session of last time. Files
/// are written and read on a thread of the journal's own; its destructor waits for the last of
/// them.
class SessionJournal : public QObject {
    Q_OBJECT

public:
    using Capture = std::function<io::SessionPointer()>;

    /// The directory is made where it is not there; `shortest` is the time between two writes.
    SessionJournal(const QString& directory, Capture capture, std::chrono::milliseconds shortest,
                   QObject* parent);
    ~SessionJournal() override;

    /// Something has changed: it is written soon, together with what changes until then.
    void note();
    /// The program ends well: what a person has made becomes the last session, and the journal
    /// goes.
    void end();
    /// Answers to found(): shows it, or throws it away.
    void restore();
    void discard();

    /// Where end() leaves the last session in such a directory.
    [[nodiscard]] static QString lastSession(const QString& directory);

Q_SIGNALS:
    /// A crash has left that many runs, which can be brought back.
    void found(int runs);
    void restored(const initlens::io::SessionPointer& session);

private:
    /// What a crash has left; nobody else takes it while it is locked.
    struct Remains {
        QString path;
        std::unique_ptr<QLockFile> lock;
        io::SessionPointer session;
    };

    [[nodiscard]] static std::shared_ptr<Remains> findRemains(const QString& directory);
    /// Whether there is more in the window than at the start, or ever was.
    [[nodiscard]] bool isTouched(const io::SessionDocument& session);
    void write();
    void removeRestored();

    QString m_directory;
    QString m_path;
    Capture m_capture;
    io::SessionPointer m_atStart;
    bool m_touched = false;
    std::chrono::milliseconds m_shortest;
    QLockFile m_lock;
    QTimer m_timer;
    bool m_writing = false;
    bool m_ended = false;
    std::shared_ptr<Remains> m_remains;
    std::shared_ptr<Remains> m_restored; ///< shown, and not yet in this journal
    QThreadPool m_pool;
};

} // namespace initlens::ui
