#include "app/window_main.h"

#include "app/allocator.h"
#include "app/command_line/terminal.h"
#include "core/experiment/gain_report.h"
#include "core/experiment/prediction.h"
#include "core/experiment/run.h"
#include "ui/window/app_style.h"
#include "ui/window/file_actions.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QIcon>
#include <QStandardPaths>
#include <QString>
#include <QtGlobal>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

namespace initlens::app {

namespace {

std::vector<std::pair<QtMsgType, QString>>& messagesOfStart()
{
    static std::vector<std::pair<QtMsgType, QString>> messages;
    return messages;
}

/// Qt aborts where it finds no display, after several lines; here that is one sentence and an exit
/// code. What else it says is kept until the window's start has succeeded.
void takeMessageOfStart(QtMsgType type, const QMessageLogContext& /*context*/, const QString& text)
{
    if (type == QtFatalMsg) {
        std::_Exit(fail(Error("the window needs a display, and none can be opened; `initlens help` "
                              "lists what works without one"),
                        ExitCode::BadUsage));
    }
    messagesOfStart().emplace_back(type, text);
}

} // namespace

int runWindow(int argc, char** argv)
{
    const QtMessageHandler usual = qInstallMessageHandler(takeMessageOfStart);
    QApplication application(argc, argv);
    qInstallMessageHandler(usual);
    for (const auto& [type, text] : messagesOfStart()) {
        qt_message_output(type, QMessageLogContext(), text);
    }
    QApplication::setApplicationName(QStringLiteral("InitLens"));
    QApplication::setOrganizationName(QStringLiteral("InitLens"));
    QApplication::setApplicationVersion(QStringLiteral(INITLENS_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("initlens"));

    const auto selected = std::make_shared<std::atomic<std::int32_t>>(0);
    const auto run = [selected](const experiment::RunSpec& spec, const experiment::Sink& sink,
                                const Execution& execution, experiment::RunOptions options) {
        options.selectedLayer = selected;
        const auto sinkAndReturn = [&sink](const experiment::Event& event) {
            sink(event);
            returnFreedMemory(1024); // rarely: it can hold up the window's thread
        };
        auto record = experiment::run(spec, sinkAndReturn, execution, options);
        returnFreedMemory(); // of what the run itself held to its end
        return record;
    };
    // Before any widget: those that are there already would keep the desktop's font.
    ui::applyStyle(ui::chartTheme(ui::ThemeChoice::System));
    ui::MainWindow window(run, experiment::predictProfiles, experiment::gainReport);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/initlens.svg")));
    QObject::connect(&window.session(), &ui::Session::layerSelected,
                     [selected](int layer) { selected->store(layer); });
    window.show();
    window.openExample();
    window.files().keepJournal(
        QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) +
            QStringLiteral("/sessions"),
        std::chrono::seconds(3));
    for (const QString& path : QApplication::arguments().mid(1)) {
        window.files().open(path);
    }
    return QApplication::exec();
}

} // namespace initlens::app
