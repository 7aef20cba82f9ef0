#include "ui/charts/chart_widget.h"

#include "tests/ui/charts/readings.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <gtest/gtest.h>

#include <memory>

namespace initlens::ui {

namespace {

class ChartWidgetTest : public testing::Test {
protected:
    void open(const char* key)
    {
        m_chart = std::make_unique<ChartWidget>(test::chart(key));
        m_chart->setRuns(test::threeRuns());
        m_chart->resize(640, 480);
        m_chart->show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(m_chart.get()));
        m_chart->activateWindow();
        m_chart->setFocus();
        m_chart->refresh();
    }

    [[nodiscard]] QWidget* plot() const { return m_chart->findChild<QWidget*>("plot"); }
    [[nodiscard]] QAction* action(const char* name) const
    {
        return m_chart->findChild<QAction*>(QLatin1String(name));
    }
    [[nodiscard]] QPoint at(double x, double y) const
    {
        return {qRound(x * plot()->width()), qRound(y * plot()->height())};
    }
    void drag(const QPoint& from, const QPoint& to) const
    {
        QTest::mousePress(plot(), Qt::LeftButton, {}, from);
        for (const double part : {0.3, 0.7, 1.0}) {
            move((QPointF(from) + part * QPointF(to - from)).toPoint(), Qt::LeftButton);
        }
        QTest::mouseRelease(plot(), Qt::LeftButton, {}, to);
    }
    void move(const QPoint& to, Qt::MouseButtons buttons = Qt::NoButton) const
    {
        QMouseEvent event(QEvent::MouseMove, to, plot()->mapToGlobal(to), Qt::NoButton, buttons,
                          Qt::NoModifier);
        QApplication::sendEvent(plot(), &event);
    }
    void wheel(const QPoint& where, int delta) const
    {
        QWheelEvent event(where, plot()->mapToGlobal(where), {}, {0, delta}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(plot(), &event);
    }
    [[nodiscard]] QImage picture() const
    {
        m_chart->refresh();
        return m_chart->grab().toImage();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(m_chart.get(), key, modifiers);
    }

    std::unique_ptr<ChartWidget> m_chart;
};

TEST_F(ChartWidgetTest, theMouseMovesTheCrosshairAndTellsTheOthers)
{
    open("gradient_norm");
    QSignalSpy moved(m_chart.get(), &ChartWidget::crosshairMoved);
    const QImage before = picture();
    move(at(0.5, 0.4));
    ASSERT_TRUE(m_chart->crosshairLayer().has_value());
    EXPECT_NEAR(*m_chart->crosshairLayer(), 47, 8);
    EXPECT_EQ(moved.size(), 1);
    EXPECT_NE(picture(), before);
    move(at(0.5, 0.6));
    EXPECT_EQ(moved.size(), 1) << "the layer is the same";
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(plot(), &leave);
    EXPECT_EQ(m_chart->crosshairLayer(), std::nullopt);
    EXPECT_EQ(moved.size(), 2);
    EXPECT_EQ(picture(), before);
}

TEST_F(ChartWidgetTest, aCrosshairThatWasSetIsNotToldAgain)
{
    open("gradient_norm");
    QSignalSpy moved(m_chart.get(), &ChartWidget::crosshairMoved);
    const QImage before = picture();
    m_chart->setCrosshairLayer(20);
    EXPECT_EQ(m_chart->crosshairLayer(), 20);
    EXPECT_EQ(moved.size(), 0);
    EXPECT_NE(picture(), before);
}

TEST_F(ChartWidgetTest, aClickSelectsTheLayer)
{
    open("jacobian_singular_values");
    QSignalSpy selected(m_chart.get(), &ChartWidget::layerSelected);
    move(at(0.7, 0.3));
    QTest::mouseClick(plot(), Qt::LeftButton, {}, at(0.7, 0.3));
    ASSERT_EQ(selected.size(), 1);
    EXPECT_EQ(selected[0][0].toInt(), m_chart->crosshairLayer());
    QTest::mouseClick(plot(), Qt::RightButton, {}, at(0.3, 0.3));
    QTest::mouseClick(plot(), Qt::LeftButton, {}, QPoint(3, 3));
    EXPECT_EQ(selected.size(), 1);
}

TEST_F(ChartWidgetTest, theSelectedLayerIsMarkedAndNamesTheSpectrum)
{
    open("jacobian_singular_values_at_layer");
    m_chart->setSelectedLayer(42);
    m_chart->refresh();
    EXPECT_TRUE(m_chart->accessibleName().contains("layer 42"));
    EXPECT_EQ(m_chart->request().selectedLayer, 42);
    open("gradient_norm");
    const QImage before = picture();
    m_chart->setSelectedLayer(42);
    EXPECT_NE(picture(), before);
}

TEST_F(ChartWidgetTest, aRectangleZoomsAndADoubleClickShowsAllAgain)
{
    open("gradient_norm");
    QSignalSpy selected(m_chart.get(), &ChartWidget::layerSelected);
    const QImage all = picture();
    EXPECT_FALSE(action("resetZoom")->isEnabled());
    drag(at(0.4, 0.2), at(0.6, 0.5));
    m_chart->setCrosshairLayer(std::nullopt);
    EXPECT_NE(picture(), all);
    EXPECT_TRUE(action("resetZoom")->isEnabled());
    EXPECT_EQ(selected.size(), 0) << "a drag is no click";
    QTest::mouseDClick(plot(), Qt::LeftButton, {}, at(0.5, 0.5));
    EXPECT_EQ(picture(), all);
    EXPECT_FALSE(action("resetZoom")->isEnabled());
}

TEST_F(ChartWidgetTest, theReadoutIsOutOfTheWayWhileARectangleIsDrawn)
{
    open("gradient_norm");
    move(at(0.4, 0.3));
    ASSERT_TRUE(m_chart->crosshairLayer().has_value());
    QTest::mousePress(plot(), Qt::LeftButton, {}, at(0.4, 0.3));
    const QImage before = picture();
    move(at(0.6, 0.6), Qt::LeftButton);
    EXPECT_EQ(m_chart->crosshairLayer(), std::nullopt);
    EXPECT_NE(picture(), before);
}

TEST_F(ChartWidgetTest, aFlatRectangleZoomsOneAxis)
{
    open("gradient_norm");
    drag(at(0.4, 0.3), at(0.6, 0.3));
    m_chart->refresh();
    EXPECT_TRUE(action("resetZoom")->isEnabled());
    move(at(0.5, 0.5));
    EXPECT_NEAR(m_chart->crosshairLayer().value_or(0), 47, 8);
    key(Qt::Key_Home);
    m_chart->refresh();
    EXPECT_FALSE(action("resetZoom")->isEnabled());
}

TEST_F(ChartWidgetTest, escapeGivesUpARectangle)
{
    open("gradient_norm");
    QTest::mousePress(plot(), Qt::LeftButton, {}, at(0.4, 0.3));
    move(at(0.6, 0.6), Qt::LeftButton);
    key(Qt::Key_Escape);
    QTest::mouseRelease(plot(), Qt::LeftButton, {}, at(0.6, 0.6));
    m_chart->refresh();
    EXPECT_FALSE(action("resetZoom")->isEnabled());
}

TEST_F(ChartWidgetTest, theWheelZoomsAroundTheCursorAndBackToTheWhole)
{
    open("gradient_norm");
    const QPoint where = at(0.3, 0.4);
    move(where);
    const auto layer = m_chart->crosshairLayer();
    for (int i = 0; i < 4; ++i) {
        wheel(where, 120);
        m_chart->refresh();
        move(at(0.31, 0.4));
        move(where);
        EXPECT_EQ(m_chart->crosshairLayer(), layer);
    }
    EXPECT_TRUE(action("resetZoom")->isEnabled());
    for (int i = 0; i < 6; ++i) {
        wheel(where, -120);
    }
    m_chart->refresh();
    EXPECT_FALSE(action("resetZoom")->isEnabled());
}

TEST_F(ChartWidgetTest, theArrowsMoveTheCrosshairAndEnterSelects)
{
    open("gradient_norm");
    QSignalSpy selected(m_chart.get(), &ChartWidget::layerSelected);
    key(Qt::Key_Right);
    EXPECT_EQ(m_chart->crosshairLayer(), 1);
    key(Qt::Key_Right);
    key(Qt::Key_PageUp);
    EXPECT_EQ(m_chart->crosshairLayer(), 12);
    key(Qt::Key_Left);
    EXPECT_EQ(m_chart->crosshairLayer(), 11);
    key(Qt::Key_Return);
    ASSERT_EQ(selected.size(), 1);
    EXPECT_EQ(selected[0][0].toInt(), 11);
    key(Qt::Key_Escape);
    EXPECT_EQ(m_chart->crosshairLayer(), std::nullopt);
}

TEST_F(ChartWidgetTest, theArrowsOfAChartAtOneLayerSelectTheNextOne)
{
    open("jacobian_singular_values_at_layer");
    QSignalSpy selected(m_chart.get(), &ChartWidget::layerSelected);
    m_chart->setSelectedLayer(50);
    key(Qt::Key_Left);
    ASSERT_EQ(selected.size(), 1);
    EXPECT_EQ(selected[0][0].toInt(), 49);
}

TEST_F(ChartWidgetTest, theKeyboardZooms)
{
    open("gradient_norm");
    key(Qt::Key_Plus);
    m_chart->refresh();
    EXPECT_TRUE(action("resetZoom")->isEnabled());
    key(Qt::Key_Minus);
    key(Qt::Key_Minus);
    m_chart->refresh();
    EXPECT_FALSE(action("resetZoom")->isEnabled());
}

TEST_F(ChartWidgetTest, theThemeReachesEveryPixel)
{
    open("gradient_norm");
    for (const ChartTheme& theme : {darkChartTheme(), lightChartTheme()}) {
        m_chart->setTheme(theme);
        const QImage image = picture();
        EXPECT_EQ(image.pixelColor(image.width() / 2, 6), theme.background);
        EXPECT_EQ(image.pixelColor(image.width() - 10, image.height() - 10), theme.background);
        EXPECT_EQ(m_chart->request().theme, printChartTheme());
    }
}

TEST_F(ChartWidgetTest, copiesThePictureAndTheTable)
{
    open("gradient_norm");
    key(Qt::Key_C, Qt::ControlModifier);
    ASSERT_TRUE(QApplication::clipboard()->mimeData()->hasImage());
    EXPECT_TRUE(QApplication::clipboard()->mimeData()->hasFormat("image/svg+xml"));
    action("copyTable")->trigger();
    const QString table = QApplication::clipboard()->text();
    EXPECT_TRUE(table.startsWith("layer\t"));
    EXPECT_EQ(table.count(QLatin1Char('\n')), 101);
    action("copyCsv")->trigger();
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith("layer,"));
}

TEST_F(ChartWidgetTest, asksForWhatTheWindowMustDo)
{
    m_chart = std::make_unique<ChartWidget>(test::chart("gradient_norm"));
    QSignalSpy maximize(m_chart.get(), &ChartWidget::maximizeRequested);
    QSignalSpy exports(m_chart.get(), &ChartWidget::exportRequested);
    m_chart->resize(640, 480);
    m_chart->show();
    auto* button = m_chart->findChild<QToolButton*>("chartMaximize");
    ASSERT_TRUE(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    action("maximize")->trigger();
    key(Qt::Key_M);
    EXPECT_EQ(maximize.size(), 3);
    action("exportThis")->trigger();
    EXPECT_EQ(exports.size(), 1);
    const QString name = button->accessibleName();
    m_chart->setMaximized(true);
    EXPECT_NE(button->accessibleName(), name);
}

TEST_F(ChartWidgetTest, offersNothingThatNobodyWouldDo)
{
    open("gradient_norm");
    EXPECT_FALSE(m_chart->findChild<QToolButton*>("chartMaximize")->isVisible());
    EXPECT_FALSE(action("maximize")->isVisible());
    EXPECT_FALSE(action("exportThis")->isVisible());
}

TEST_F(ChartWidgetTest, saysWhatItShows)
{
    open("gradient_norm");
    EXPECT_EQ(m_chart->accessibleName(), "Gradient norm");
    EXPECT_TRUE(m_chart->accessibleDescription().contains("glorot_normal"));
    const auto* help = m_chart->findChild<QToolButton*>("chartHelp");
    const auto formula = test::chart("gradient_norm").diagnostic->head.formula;
    EXPECT_TRUE(help->toolTip().contains(
        QString::fromUtf8(formula.data(), static_cast<qsizetype>(formula.size())).toHtmlEscaped()));
    m_chart->setRuns({});
    m_chart->refresh();
    EXPECT_TRUE(m_chart->accessibleDescription().contains("No run is shown"));
}

TEST_F(ChartWidgetTest, drawsALittleLaterByItself)
{
    open("gradient_norm");
    const QImage before = picture();
    auto faster = test::threeRuns().back();
    faster.id = 7;
    m_chart->updateRun(faster);
    m_chart->updateRun(faster);
    EXPECT_EQ(m_chart->request().runs.size(), 4U);
    EXPECT_FALSE(m_chart->accessibleDescription().count("normal, std 0.01") == 2);
    QApplication::processEvents();
    EXPECT_EQ(m_chart->accessibleDescription().count("normal, std 0.01"), 2);
    m_chart->setRuns({});
    QApplication::processEvents();
    EXPECT_NE(m_chart->grab().toImage(), before);
}

TEST_F(ChartWidgetTest, aHiddenChartWaitsUntilItIsSeen)
{
    open("gradient_norm");
    m_chart->hide();
    m_chart->setRuns({});
    QApplication::processEvents();
    EXPECT_TRUE(m_chart->accessibleDescription().contains("he_normal"));
    m_chart->show();
    QApplication::processEvents();
    EXPECT_TRUE(m_chart->accessibleDescription().contains("No run is shown"));
}

TEST_F(ChartWidgetTest, theTitleButtonShowsTheTitle)
{
    open("gradient_norm");
    auto* button = new QToolButton;
    m_chart->setTitleButton(button);
    EXPECT_EQ(button->text(), "Gradient norm");
    EXPECT_TRUE(button->isVisible());
    m_chart->resize(210, 150);
    EXPECT_TRUE(m_chart->rect().contains(button->geometry()));
}

TEST_F(ChartWidgetTest, everyChartOfEveryDiagnosticCanBeShownAndResized)
{
    for (const ChartId& id : availableCharts()) {
        ChartWidget widget(id);
        for (const auto& runs : {test::threeRuns(), std::vector<ShownRun>()}) {
            widget.setRuns(runs);
            widget.setSelectedLayer(3);
            widget.setCrosshairLayer(3);
            for (const QSize& size : {QSize(900, 700), widget.minimumSizeHint()}) {
                widget.resize(size);
                widget.show();
                widget.refresh();
                EXPECT_FALSE(widget.grab().isNull()) << chartKey(id).toStdString();
            }
        }
    }
}

} // namespace

} // namespace initlens::ui
