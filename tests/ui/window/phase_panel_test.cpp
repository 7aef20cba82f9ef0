#include "ui/window/phase_panel.h"

#include "core/experiment/gain_report.h"
#include "core/experiment/weights_of_variance.h"
#include "tests/ui/window/fake_run.h"
#include "ui/charts/phase_plot.h"
#include "ui/form/number_box.h"
#include "ui/window/main_window.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cmath>

namespace initlens::ui {

namespace {

experiment::RunSpec specWith(std::string_view initializer, std::string_view activation = "tanh")
{
    experiment::RunSpec spec;
    spec.depth = 10;
    spec.width = 32;
    spec.initializer = *parseChoice(initializers::Initializer::table(),
                                    initializers::Initializer::kind, initializer);
    spec.activation =
        *parseChoice(activations::Activation::table(), activations::Activation::kind, activation);
    return spec;
}

class PhasePanelTest : public testing::Test {
protected:
    PhasePanelTest()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
        m_window = std::make_unique<MainWindow>(m_fake.function(), test::predictionOf,
                                                experiment::gainReport);
        m_window->show();
        session().replaceSpec(specWith("scaled_gaussian:sigma_w=1.5"));
    }

    void open()
    {
        find<QAction>("phaseDiagram")->trigger();
        ASSERT_TRUE(test::eventually(
            [this] { return plot().map() != nullptr && plot().map()->cellsPerAxis == 128; }));
        QApplication::processEvents();
    }
    Session& session() { return m_window->session(); }
    PhasePlot& plot() { return *find<PhasePlot>("phasePlot"); }
    template <class T>
    T* find(const char* name)
    {
        return m_window->findChild<T*>(QLatin1String(name));
    }
    /// The variances that the session's network has.
    theory::LayerLaw law() { return experiment::lawOf(session().spec())->hidden; }
    void drag(const QPoint& from, const QPoint& to)
    {
        QTest::mouseMove(&plot(), from);
        QTest::mousePress(&plot(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&plot(), (from + to) / 2);
        QTest::mouseMove(&plot(), to);
        QTest::mouseRelease(&plot(), Qt::LeftButton, {}, to);
    }

    QTemporaryDir m_directory;
    test::FakeRun m_fake;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

TEST_F(PhasePanelTest, isHiddenUntilAskedForAndShowsTheMapThen)
{
    EXPECT_FALSE(find<PhasePanel>("phasePanel")->isVisible());
    EXPECT_EQ(plot().map(), nullptr);
    open();
    EXPECT_TRUE(find<PhasePanel>("phasePanel")->isVisible());
    EXPECT_TRUE(find<QAction>("phaseDiagram")->isChecked());
    EXPECT_FALSE(plot().map()->criticalLines->empty());
    ASSERT_TRUE(plot().handle().has_value());
    EXPECT_NEAR(plot().handle()->x(), 1.5, 1e-9);
    EXPECT_NEAR(plot().handle()->y(), 0, 1e-12);
    find<QAction>("phaseDiagram")->trigger();
    EXPECT_FALSE(find<PhasePanel>("phasePanel")->isVisible());
}

TEST_F(PhasePanelTest, draggingTheHandleChangesWeightsAndBiases)
{
    open();
    const QPoint from = plot().pixelOf(*plot().handle()).toPoint();
    const QPoint to = plot().pixelOf({2.2, 0.7}).toPoint();
    drag(from, to);
    EXPECT_NEAR(std::sqrt(law().sigmaW2), 2.2, 0.03);
    EXPECT_NEAR(std::sqrt(law().sigmaB2), 0.7, 0.03);
    EXPECT_EQ(session().spec().initializer.id(), "scaled_gaussian");
    EXPECT_NEAR(plot().handle()->x(), std::sqrt(law().sigmaW2), 1e-9);
    EXPECT_NEAR(find<NumberBox>("bias_std.box")->value(), session().spec().biasStd, 1e-9);
    ASSERT_TRUE(test::eventually([this] { return !session().activity().running; }));
    EXPECT_EQ(m_fake.specs().back(), session().spec());
}

TEST_F(PhasePanelTest, draggingBesideTheHandleMovesNothing)
{
    open();
    const auto before = session().spec();
    drag(plot().pixelOf({0.5, 1}).toPoint(), plot().pixelOf({2.5, 0.5}).toPoint());
    EXPECT_EQ(session().spec(), before);
}

TEST_F(PhasePanelTest, arrowKeysMoveTheHandle)
{
    open();
    plot().setFocus();
    QTest::keyClick(&plot(), Qt::Key_Right);
    EXPECT_NEAR(std::sqrt(law().sigmaW2), 1.53, 1e-6);
    QTest::keyClick(&plot(), Qt::Key_Up);
    EXPECT_NEAR(session().spec().biasStd, 0.02, 1e-9);
    QTest::keyClick(&plot(), Qt::Key_Down);
    QTest::keyClick(&plot(), Qt::Key_Down);
    EXPECT_EQ(session().spec().biasStd, 0);
}

TEST_F(PhasePanelTest, theFormMovesTheHandle)
{
    open();
    find<NumberBox>("bias_std.box")->setValue(0.5);
    EXPECT_NEAR(plot().handle()->y(), 0.5, 1e-9);
    session().replaceSpec(specWith("orthogonal:gain=0.9"));
    EXPECT_NEAR(plot().handle()->x(), 0.9, 1e-6);
}

TEST_F(PhasePanelTest, anotherActivationBringsAnotherMap)
{
    open();
    const auto before = plot().map();
    session().replaceSpec(specWith("he_normal", "relu"));
    ASSERT_TRUE(test::eventually([&] { return plot().map()->homogeneous; }));
    EXPECT_TRUE(find<QLabel>("phaseTitle")->text().contains("ReLU"));
    EXPECT_NEAR(plot().handle()->x(), std::sqrt(2.0), 1e-6);
}

TEST_F(PhasePanelTest, aPointOutsideWidensTheMap)
{
    open();
    session().replaceSpec(specWith("scaled_gaussian:sigma_w=8"));
    ASSERT_TRUE(test::eventually([this] { return plot().map()->rectangle.contains(8, 0); }));
}

TEST_F(PhasePanelTest, networksWithoutALawHaveNoHandleButASentence)
{
    open();
    for (const char* id : {"lsuv", "identity", "sparse"}) {
        session().replaceSpec(specWith(id));
        EXPECT_FALSE(plot().handle().has_value()) << id;
        EXPECT_TRUE(find<QLabel>("phaseMeaning")->text().startsWith("This network has no point"))
            << find<QLabel>("phaseMeaning")->text().toStdString();
        EXPECT_FALSE(find<QLabel>("phaseNumbers")->isVisible());
        EXPECT_NE(plot().map(), nullptr);
    }
    session().replaceSpec(specWith("scaled_gaussian"));
    EXPECT_TRUE(plot().handle().has_value());
}

TEST_F(PhasePanelTest, theColoursCanShowTheDepthScale)
{
    open();
    const QImage before = plot().grab().toImage();
    find<QComboBox>("phaseColouring")->setCurrentIndex(1);
    QApplication::processEvents();
    EXPECT_NE(plot().grab().toImage(), before);
}

TEST_F(PhasePanelTest, isExportedFromItsButtonAndItsMenu)
{
    open();
    const auto saveAs = [this](const QString& path) {
        auto* dialog = m_window->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
        ASSERT_NE(dialog, nullptr);
        Q_EMIT dialog->filesSelected({path});
        delete dialog;
    };
    const QString first = m_directory.filePath(QStringLiteral("first.svg"));
    const QString second = m_directory.filePath(QStringLiteral("second.svg"));
    find<QToolButton>("phaseExport")->click();
    saveAs(first);
    QContextMenuEvent ask(QContextMenuEvent::Mouse, QPoint(50, 50),
                          plot().mapToGlobal(QPoint(50, 50)));
    QApplication::sendEvent(&plot(), &ask);
    auto* menu = plot().findChild<QMenu*>(QStringLiteral("phaseMenu"));
    ASSERT_NE(menu, nullptr);
    ASSERT_EQ(menu->actions().size(), 2);
    menu->actions().back()->trigger();
    saveAs(second);
    menu->actions().front()->trigger();
    EXPECT_TRUE(QApplication::clipboard()->mimeData()->hasFormat(QStringLiteral("image/svg+xml")));
    menu->close();
    QFile a(first);
    QFile b(second);
    ASSERT_TRUE(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
    const QByteArray bytes = a.readAll();
    EXPECT_TRUE(bytes.contains("Phases of"));
    EXPECT_EQ(bytes, b.readAll());
    find<QToolButton>("phaseExport")->click();
    saveAs(m_directory.filePath(QStringLiteral("no/such/folder.svg")));
    EXPECT_TRUE(find<QWidget>("noticeBar")->isVisible());
    EXPECT_FALSE(find<QLabel>("notice")->text().isEmpty());
}

TEST_F(PhasePanelTest, isThereAgainInTheNextSession)
{
    open();
    m_window->close();
    m_window =
        std::make_unique<MainWindow>(m_fake.function(), test::predictionOf, experiment::gainReport);
    m_window->show();
    EXPECT_TRUE(find<PhasePanel>("phasePanel")->isVisible());
    find<QAction>("resetLayout")->trigger();
    EXPECT_FALSE(find<PhasePanel>("phasePanel")->isVisible());
}

TEST(PhasePanel, saysWhatTheoryExpectsOfTheNetwork)
{
    PhasePanel panel(nullptr);
    panel.show();
    const auto spec = specWith("scaled_gaussian:sigma_w=1.5");
    panel.setSpec(spec);
    const auto meaning = panel.findChild<QLabel*>(QStringLiteral("phaseMeaning"));
    const auto numbers = panel.findChild<QLabel*>(QStringLiteral("phaseNumbers"));
    const auto show = [&](const experiment::RunSpec& shown) {
        panel.setSpec(shown);
        panel.setPrediction(experiment::predict(
            shown, [](const experiment::PredictionPointer&) {}, Execution()));
    };
    show(spec);
    EXPECT_TRUE(meaning->text().startsWith("Chaotic")) << meaning->text().toStdString();
    EXPECT_TRUE(numbers->text().contains("1.5"));
    show(specWith("scaled_gaussian:sigma_w=0.8"));
    EXPECT_TRUE(meaning->text().startsWith("Ordered")) << meaning->text().toStdString();
    show(specWith("he_normal", "relu"));
    EXPECT_TRUE(meaning->text().startsWith("Critical")) << meaning->text().toStdString();
    show(specWith("scaled_gaussian:sigma_w=3", "relu"));
    EXPECT_TRUE(meaning->text().startsWith("Diverging")) << meaning->text().toStdString();
}

TEST(PhaseWorker, theNewestRequestWins)
{
    std::atomic<int> stopped{0};
    PhaseWorker worker([&](const experiment::PhaseMapRequest& request,
                           const experiment::PhaseMapSink& sink, const Execution& execution) {
        while (request.sigmaW == 1 && !execution.stopRequested()) {
            QThread::msleep(1);
        }
        stopped += execution.stopRequested() ? 1 : 0;
        theory::PhaseDiagram map;
        map.cellsPerAxis = static_cast<int>(request.sigmaW);
        sink(std::make_shared<const theory::PhaseDiagram>(map));
    });
    std::vector<int> seen;
    QObject::connect(
        &worker, &PhaseWorker::mapChanged, &worker,
        [&](const experiment::PhaseMapPointer& map) { seen.push_back(map->cellsPerAxis); });
    experiment::PhaseMapRequest request{.activation = specWith("he_normal").activation};
    request.sigmaW = 1;
    worker.request(request);
    QTest::qWait(20);
    request.sigmaW = 2;
    worker.request(request);
    ASSERT_TRUE(test::eventually([&] { return !seen.empty(); }));
    EXPECT_EQ(seen, std::vector<int>{2});
    EXPECT_LE(stopped, 1);
}

} // namespace initlens::ui
