#include "app/window_main.h"

#include "app/allocator.h"
#include "core/experiment/gain_report.h"
#include "core/experiment/prediction.h"
#include "core/experiment/run.h"
#include "ui/window/app_style.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QIcon>

#include <atomic>
#include <cstdint>
#include <memory>

namespace initlens::app {

int runWindow(int argc, char** argv)
{
    QApplication application(argc, argv);
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
    for (const QString& path : QApplication::arguments().mid(1)) {
        window.openResultFile(path);
    }
    return QApplication::exec();
}

} // namespace initlens::app
