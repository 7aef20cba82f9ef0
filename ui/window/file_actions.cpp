#include "ui/window/file_actions.h"

#include "ui/run/session.h"
#include "ui/window/dashboard.h"
#include "ui/window/notice_bar.h"
#include "ui/window/recent_files.h"
#include "ui/window/session_journal.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_dialogs.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <memory>
#include <utility>

namespace initlens::ui {

namespace {

QStringList filesIn(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
        }
    }
    return paths;
}

} // namespace

FileActions::FileActions(QMainWindow& window, WindowActions& actions, Session& session,
                         Dashboard& dashboard, NoticeBar& notice)
    : QObject(&window), m_window(window), m_session(session), m_dashboard(dashboard),
      m_notice(notice), m_recent(new RecentFiles(*actions.recentFiles, this)),
      m_restoreLast(actions.restoreLast)
{
    connect(actions.openFile, &QAction::triggered, this,
            [this] { chooseFileToOpen(&m_window, [this](const QString& path) { open(path); }); });
    connect(actions.saveSession, &QAction::triggered, this, [this] {
        chooseSessionToSave(&m_window, [this](const QString& path) { saveSession(path); });
    });
    connect(actions.saveResult, &QAction::triggered, this, [this] {
        chooseResultToSave(&m_window, [this](const QString& path) { saveResult(path); });
    });
    connect(m_recent, &RecentFiles::chosen, this, &FileActions::open);
    connectFiles();
    m_window.setAcceptDrops(true);
    m_window.installEventFilter(this);
}

void FileActions::connectFiles()
{
    connect(&m_files, &ResultFiles::resultRead, &m_session, &Session::addResult);
    connect(&m_files, &ResultFiles::sessionRead, this, &FileActions::restore);
    connect(&m_files, &ResultFiles::specRead, &m_session, &Session::replaceSpec);
    connect(&m_files, &ResultFiles::wasRead, this, &FileActions::remember);
    connect(&m_files, &ResultFiles::wasWritten, this, [this](const QString& path) {
        m_recent->add(path);
        m_notice.showMessage(tr("Saved %1").arg(path));
    });
    connect(&m_files, &ResultFiles::failed, &m_notice, &NoticeBar::showError);
}

void FileActions::keepJournal(const QString& directory, std::chrono::milliseconds shortest)
{
    m_journal = new SessionJournal(
        directory, [this] { return capture(); }, shortest, this);
    const RunListModel* runs = m_session.runs();
    connect(runs, &RunListModel::runChanged, m_journal, &SessionJournal::note);
    connect(runs, &RunListModel::recordChanged, m_journal, &SessionJournal::note);
    connect(runs, &RunListModel::runsChanged, m_journal, &SessionJournal::note);
    connect(&m_session, &Session::layerSelected, m_journal, &SessionJournal::note);
    connect(m_journal, &SessionJournal::found, this, [this](int count) {
        m_notice.ask(
            tr("InitLens did not end well last time: %n run(s) can be brought back.", "", count),
            tr("Restore"), tr("Discard"));
    });
    connect(&m_notice, &NoticeBar::accepted, m_journal, &SessionJournal::restore);
    connect(&m_notice, &NoticeBar::declined, m_journal, &SessionJournal::discard);
    connect(m_journal, &SessionJournal::restored, this, &FileActions::restore);

    m_lastSession = SessionJournal::lastSession(directory);
    m_restoreLast->setEnabled(QFileInfo(m_lastSession).isFile());
    connect(m_restoreLast, &QAction::triggered, this, [this] { open(m_lastSession); });
}

void FileActions::endJournal()
{
    if (m_journal != nullptr) {
        m_journal->end();
    }
}

void FileActions::remember(const QString& path)
{
    if (path != m_lastSession) {
        m_recent->add(path);
    }
}

void FileActions::open(const QString& path)
{
    m_files.read(path);
}

void FileActions::saveResult(const QString& path)
{
    const auto record = m_session.runs()->record(RunListModel::currentRow);
    if (record) {
        m_files.write(path, record);
    } else {
        m_notice.showError(tr("There is no result to save yet: the run has not finished."));
    }
}

void FileActions::saveSession(const QString& path)
{
    m_files.write(path, capture());
}

io::SessionPointer FileActions::capture() const
{
    auto document = m_session.toFile();
    for (const QString& key : m_dashboard.shownKeys()) {
        document.charts.push_back(key.toStdString());
    }
    return std::make_shared<const io::SessionDocument>(std::move(document));
}

void FileActions::restore(const io::SessionPointer& session)
{
    QStringList charts;
    for (const std::string& key : session->charts) {
        charts << QString::fromStdString(key);
    }
    m_dashboard.lend({});
    m_dashboard.setChartKeys(charts);
    m_session.restore(*session);
}

bool FileActions::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop) {
        auto* drop = static_cast<QDropEvent*>(event); // a QDragEnterEvent is one
        const QStringList paths = filesIn(drop->mimeData());
        if (paths.isEmpty()) {
            return false;
        }
        drop->acceptProposedAction();
        if (event->type() == QEvent::Drop) {
            for (const QString& path : paths) {
                open(path);
            }
        }
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace initlens::ui
