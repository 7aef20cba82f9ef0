// Measures the real window: how soon a moved slider shows its prediction, its preview, its first
// new points and the first singular values, how soon a run stops, and how long the event loop
// stands still while a large run streams in. Needs a display (Xvfb serves). With the argument
// `stops` only the last two.

#include "app/allocator.h"
#include "core/experiment/gain_report.h"
#include "core/experiment/prediction.h"
#include "core/experiment/run.h"
#include "ui/charts/chart_widget.h"
#include "ui/form/log_slider.h"
#include "ui/form/spec_panel.h"
#include "ui/window/main_window.h"

#include <fmt/format.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace initlens;
using namespace initlens::ui;

constexpr int slowest = 120'000;

/// Processor time of this thread.
double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Times every event that is delivered, those within others included, and the gaps of a 1 ms
/// heartbeat.
class WatchedApplication : public QApplication {
public:
    using QApplication::QApplication;

    struct Delivery {
        double milliseconds = 0;
        double worked = 0; ///< of the processor
        int type = 0;      ///< QEvent::Type
        std::string receiver;
    };

    bool notify(QObject* receiver, QEvent* event) override
    {
        QElapsedTimer timer;
        timer.start();
        const double before = threadMilliseconds();
        const std::string name = receiver->metaObject()->className();
        const int type = event->type();
        const bool handled = QApplication::notify(receiver, event);
        const double milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (milliseconds > longest.milliseconds) {
            longest = {milliseconds, threadMilliseconds() - before, type, name};
        }
        return handled;
    }
    Delivery longest;
};

class Heartbeat {
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            gaps.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_clock.start();
        });
        m_clock.start();
        m_timer.start();
    }
    std::vector<double> gaps;

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
};

/// Ends a wait when a chart of a run with fresh readings has been painted.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget* chart)
    {
        chart->installEventFilter(this);
        for (QWidget* child : chart->findChildren<QWidget*>()) {
            child->installEventFilter(this);
        }
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && isArmed) {
            isArmed = false;
            // The filter comes before the painting; the next turn of the loop comes after it.
            QTimer::singleShot(0, this, [this] { painted(); });
        }
        return QObject::eventFilter(watched, event);
    }
    bool isArmed = false;
    std::function<void()> painted;
};

bool waitFor(const std::function<bool()>& condition, int milliseconds = slowest)
{
    QElapsedTimer clock;
    clock.start();
    // With a time limit processEvents polls without a pause; a timer wakes it as well.
    QTimer wake;
    wake.start(5);
    while (!condition() && clock.elapsed() < milliseconds) {
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return condition();
}

void rest(MainWindow& window)
{
    waitFor([&] { return !window.session().activity().running; });
}

struct Network {
    std::int64_t depth = 50;
    std::int64_t width = 256;
    const char* activation = "relu";
    const char* initializer = "he_normal";
    const char* architecture = "plain";
    const char* jacobian = "from_input";
    std::int64_t batch = 128;
};

void show(MainWindow& window, const Network& network)
{
    auto spec = window.session().spec();
    spec.depth = network.depth;
    spec.width = network.width;
    spec.batch = network.batch;
    spec.activation =
        *parseChoice(activations::Activation::table(), "activation", network.activation);
    spec.initializer =
        *parseChoice(initializers::Initializer::table(), "initializer", network.initializer);
    spec.architecture =
        *parseChoice(network::Architecture::table(), "architecture", network.architecture);
    spec.jacobian = *parseChoice(spectrum::Scope::table(), "jacobian", network.jacobian);
    auto* panel = window.findChild<SpecPanel*>();
    panel->setSpec(spec);
    window.session().setSpec(spec);
}

/// Something of the current run that a chart waits for.
struct Awaited {
    const char* chart;
    std::function<bool(const ShownRun&)> arrived;
};

Awaited firstPoints(MainWindow& window)
{
    const std::string id = "activation_variance";
    const auto& known = window.session().runs()->run(0).readings;
    const auto old = known.find(id);
    const auto before = old == known.end() ? nullptr : old->second;
    return {"activation_variance", [id, before](const ShownRun& run) {
                const auto reading = run.readings.find(id);
                return reading != run.readings.end() && reading->second != before;
            }};
}

/// All that theory says of the profiles.
Awaited predictedProfiles(MainWindow& window)
{
    const auto before = window.session().runs()->run(0).prediction;
    return {"activation_variance", [before](const ShownRun& run) {
                return run.prediction != before && !run.predictionOutdated;
            }};
}

Awaited predictedSpectra(MainWindow& window)
{
    const auto before = window.session().runs()->run(0).prediction;
    return {"jacobian_singular_values", [before](const ShownRun& run) {
                return run.prediction != before && !run.predictionOutdated &&
                       !run.prediction->spectra.layers.empty();
            }};
}

Awaited preview(MainWindow& /*window*/)
{
    return {"jacobian_singular_values", [](const ShownRun& run) {
                return run.previews.count("jacobian_singular_values") > 0;
            }};
}

/// The anchors over all depth, of the run itself.
Awaited coarseSpectra(MainWindow& /*window*/)
{
    return {"jacobian_singular_values", [](const ShownRun& run) {
                constexpr std::size_t anchors = 6;
                const std::string id = "jacobian_singular_values";
                const auto found = run.readings.find(id);
                return found != run.readings.end() && run.outdated.count(id) == 0 &&
                       std::get<diagnostics::Spectrum>(*found->second).layers.size() >= anchors;
            }};
}

/// Milliseconds from a moved slider to the moment when what is awaited has been painted.
double latency(MainWindow& window, int step, const Awaited& awaited)
{
    auto* slider = window.findChild<LogSlider*>(QStringLiteral("depth.slider"));
    auto* chart = window.findChild<ChartWidget*>(QLatin1String(awaited.chart));
    PaintWatch watch(chart);
    bool done = false;
    double result = -1;
    QElapsedTimer clock;
    watch.painted = [&] {
        result = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        done = true;
    };
    const auto connection = QObject::connect(
        window.session().runs(), &RunListModel::runChanged, [&](const ShownRun& run) {
            if (run.current && run.spec == window.session().spec() && awaited.arrived(run)) {
                watch.isArmed = !done;
            }
        });
    clock.start();
    slider->setValue(slider->value() + step);
    waitFor([&] { return done; });
    QObject::disconnect(connection);
    return result;
}

void measureLatency(MainWindow& window, const char* name, Awaited (*awaited)(MainWindow&),
                    const Network& network)
{
    constexpr int rounds = 8;
    for (const bool whileRunning : {false, true}) {
        std::vector<double> times;
        for (int round = 0; round < rounds; ++round) {
            show(window, network);
            if (whileRunning) {
                QElapsedTimer clock;
                clock.start();
                waitFor([&] { return clock.elapsed() > 150; });
            } else {
                window.session().stop();
                rest(window);
            }
            times.push_back(latency(window, round % 2 == 0 ? 12 : -12, awaited(window)));
            window.session().stop();
            rest(window);
        }
        std::sort(times.begin(), times.end());
        fmt::print("slider to {}, {} x {} {} {}, {}: median {:.1f} ms, max {:.1f} ms\n", name,
                   network.depth, network.width, network.activation, network.initializer,
                   whileRunning ? "while running" : "at rest", times[times.size() / 2],
                   times.back());
        std::fflush(stdout);
    }
}

void measureStall(WatchedApplication& application, MainWindow& window, const Network& network)
{
    show(window, network);
    rest(window);
    application.longest = {};
    const Heartbeat heartbeat;
    QElapsedTimer clock;
    clock.start();
    window.session().runAgain();
    rest(window);
    auto gaps = heartbeat.gaps;
    std::sort(gaps.begin(), gaps.end(), std::greater<>());
    const auto at = [&](std::size_t i) {
        return i < gaps.size() ? gaps[i] : 0.0;
    };
    fmt::print(
        "event loop during a run of depth {} x width {} ({:.1f} s): longest stall {:.1f} "
        "ms, then {:.1f} and {:.1f} ms; longest single event {:.1f} ms, {:.1f} of them at work "
        "(type {} to {})\n",
        network.depth, network.width, static_cast<double>(clock.elapsed()) / 1000, at(0), at(1),
        at(2), application.longest.milliseconds, application.longest.worked,
        application.longest.type, application.longest.receiver);
}

/// How soon a run ends that is stopped at moments all over its time.
void measureStops(MainWindow& window, const Network& network)
{
    QElapsedTimer clock;
    clock.start();
    show(window, network);
    rest(window);
    const auto whole = static_cast<double>(clock.elapsed());
    std::vector<double> times;
    for (double part = 0.05; part < 1; part += 0.1) {
        window.session().runAgain();
        clock.start();
        waitFor([&] { return static_cast<double>(clock.elapsed()) > part * whole; });
        if (window.session().activity().running) {
            clock.start();
            window.session().stop();
            rest(window);
            times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
    }
    std::sort(times.begin(), times.end());
    fmt::print("stopped at {} moments of {:.1f} s, {} {} x {} {}: median {:.1f} ms, max {:.1f} "
               "ms\n",
               times.size(), whole / 1000, network.architecture, network.depth, network.width,
               network.initializer, times[times.size() / 2], times.back());
    std::fflush(stdout);
}

void measureLatencies(MainWindow& window)
{
    for (const Network& network :
         {Network{50, 256}, Network{100, 1000, "tanh", "orthogonal:gain=1.05"},
          Network{100, 512, "gelu", "he_normal"}}) {
        measureLatency(window, "predicted profiles", &predictedProfiles, network);
        measureLatency(window, "first predicted spectra", &predictedSpectra, network);
    }
    measureLatency(window, "first new points", &firstPoints, {50, 256});
    measureLatency(window, "first new points", &firstPoints, {100, 1000});
    measureLatency(window, "preview", &preview, {100, 512});
    measureLatency(window, "preview", &preview, {100, 1000});
    measureLatency(window, "first singular values over all depth", &coarseSpectra, {100, 512});
}

} // namespace

int main(int argc, char** argv)
{
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    WatchedApplication application(argc, argv);
    MainWindow window(
        [](const experiment::RunSpec& spec, const experiment::Sink& sink,
           const Execution& execution, const experiment::RunOptions& options) {
            // As the program does it: giving memory back must not be felt either.
            const auto sinkAndReturn = [&sink](const experiment::Event& event) {
                sink(event);
                app::returnFreedMemory(1024);
            };
            return experiment::run(spec, sinkAndReturn, execution, options);
        },
        experiment::predictProfiles, experiment::gainReport);
    window.show();
    window.openExample();
    rest(window);
    if (argc == 1) {
        measureLatencies(window);
    }
    for (const Network& network :
         {Network{20, 1000, "tanh", "orthogonal:gain=1.05"}, Network{8, 2000, "relu", "he_normal"},
          Network{10'000, 16, "tanh", "scaled_gaussian:sigma_w=1.0247", "conv:size=8,kernel=3",
                  "none", 16},
          Network{4, 16, "relu", "he_normal", "conv:size=16,kernel=3"}}) {
        measureStops(window, network);
    }
    show(window, {});
    measureStall(application, window, {50, 256});
    measureStall(application, window, {100, 1000});
    return 0;
}
