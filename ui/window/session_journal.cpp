#include "ui/window/session_journal.h"

#include "ui/window/background.h"
#include "ui/window/result_files.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace initlens::ui {

namespace {

const QString journalPattern = QStringLiteral("journal-*.initlens");
const QString lockEnding = QStringLiteral(".lock");

QString freshPath(const QString& directory)
{
    return QDir(directory).filePath(
        QStringLiteral("journal-%1.initlens").arg(QRandomGenerator::system()->generate64(), 0, 16));
}

/// Free locks are taken at once or not at all; their age says nothing.
std::unique_ptr<QLockFile> tryLock(const QString& path)
{
    auto lock = std::make_unique<QLockFile>(path + lockEnding);
    lock->setStaleLockTime(0);
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

Status writeTo(const QString& path, const io::SessionDocument& session)
{
    return io::writeSession(std::filesystem::path(path.toStdU16String()), session);
}

/// What was not renamed when a program was killed in the middle of a write.
void removeOldParts(const QDir& directory)
{
    const auto yesterday = QDateTime::currentDateTime().addDays(-1);
    for (const QFileInfo& part : directory.entryInfoList({QStringLiteral(".initlens-*.part")},
                                                         QDir::Files | QDir::Hidden)) {
        if (part.lastModified() < yesterday) {
            QFile::remove(part.filePath());
        }
    }
}

/// Locks of programs that were killed before they had anything to keep: taken, and let go.
void removeOldLocks(const QDir& directory)
{
    for (const QFileInfo& lock :
         directory.entryInfoList({QLatin1Char('*') + lockEnding}, QDir::Files)) {
        const QString journal = lock.filePath().chopped(lockEnding.size());
        if (!QFile::exists(journal)) {
            tryLock(journal);
        }
    }
}

} // namespace

SessionJournal::SessionJournal(const QString& directory, Capture capture,
                               std::chrono::milliseconds shortest, QObject* parent)
    : QObject(parent), m_directory(directory), m_path(freshPath(directory)),
      m_capture(std::move(capture)), m_atStart(m_capture()), m_shortest(shortest),
      m_lock(m_path + lockEnding)
{
    QDir().mkpath(directory);
    m_lock.setStaleLockTime(0);
    m_lock.tryLock(0);
    m_pool.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(m_shortest);
    connect(&m_timer, &QTimer::timeout, this, &SessionJournal::write);
    inBackground(
        m_pool, this, [directory] { return findRemains(directory); },
        [this](std::shared_ptr<Remains>& remains) {
            if (remains != nullptr && !m_ended) {
                m_remains = std::move(remains);
                Q_EMIT found(static_cast<int>(m_remains->session->runs.size()));
            }
        });
}

SessionJournal::~SessionJournal()
{
    m_pool.waitForDone();
}

QString SessionJournal::lastSession(const QString& directory)
{
    return QDir(directory).filePath(QStringLiteral("last.initlens"));
}

// The newest that can be read. What cannot, of a newer version perhaps, stays for who can.
std::shared_ptr<SessionJournal::Remains> SessionJournal::findRemains(const QString& directory)
{
    const QDir place(directory);
    removeOldParts(place);
    removeOldLocks(place);
    for (const QFileInfo& file : place.entryInfoList({journalPattern}, QDir::Files, QDir::Time)) {
        auto lock = tryLock(file.filePath());
        if (lock == nullptr) {
            continue;
        }
        auto session = readSessionFile(file.filePath());
        if (session != nullptr) {
            return std::make_shared<Remains>(
                Remains{file.filePath(), std::move(lock), std::move(session)});
        }
    }
    return nullptr;
}

void SessionJournal::note()
{
    if (!m_timer.isActive() && !m_ended) {
        m_timer.start();
    }
}

bool SessionJournal::isTouched(const io::SessionDocument& session)
{
    m_touched = m_touched || !io::sameSettings(session, *m_atStart);
    return m_touched;
}

void SessionJournal::write()
{
    if (m_writing) {
        m_timer.start();
        return;
    }
    const io::SessionPointer session = m_capture();
    if (!isTouched(*session)) {
        return;
    }
    m_writing = true;
    struct Written {
        bool whole = false;
        std::chrono::milliseconds took{0};
    };
    inBackground(
        m_pool, this,
        [path = m_path, session] {
            QElapsedTimer timer;
            timer.start();
            const bool whole = writeTo(path, *session).ok();
            return Written{whole, std::chrono::milliseconds(timer.elapsed())};
        },
        [this, restored = m_restored](const Written& written) {
            // Large sessions are written more rarely, so that a disk is busy for little of the
            // time.
            constexpr int rest = 20;
            m_writing = false;
            m_timer.setInterval(std::max(m_shortest, rest * written.took));
            if (written.whole && restored != nullptr) {
                removeRestored();
            }
        });
}

void SessionJournal::end()
{
    if (std::exchange(m_ended, true)) {
        return;
    }
    m_timer.stop();
    const io::SessionPointer session = m_capture();
    if (!isTouched(*session)) {
        return;
    }
    m_pool.start([path = m_path, last = lastSession(m_directory), session,
                  restored = std::exchange(m_restored, nullptr)] {
        // Where the last session cannot be written, the journal stays to be offered.
        if (writeTo(last, *session)) {
            QFile::remove(path);
            if (restored != nullptr) {
                QFile::remove(restored->path);
            }
        }
    });
}

void SessionJournal::restore()
{
    if (m_remains != nullptr) {
        m_restored = std::exchange(m_remains, nullptr);
        m_touched = true;
        Q_EMIT restored(m_restored->session);
        note();
    }
}

void SessionJournal::discard()
{
    if (m_remains != nullptr) {
        QFile::remove(m_remains->path);
        m_remains.reset();
    }
}

void SessionJournal::removeRestored()
{
    if (m_restored != nullptr) {
        QFile::remove(m_restored->path);
        m_restored.reset();
    }
}

} // namespace initlens::ui
