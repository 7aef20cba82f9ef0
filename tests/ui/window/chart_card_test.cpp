#include "ui/window/chart_card.h"

#include "core/experiment/prediction.h"
#include "tests/ui/window/fake_run.h"

#include <QAction>

#include <gtest/gtest.h>

namespace initlens::ui {

namespace {

struct Fixture {
    ChartCard card{chartOfKey(QStringLiteral("gradient_norm")).value(), nullptr};

    [[nodiscard]] ChartWidget* chart() const { return card.findChild<ChartWidget*>(); }
    [[nodiscard]] QString summary() const
    {
        chart()->refresh();
        return chart()->accessibleDescription();
    }
};

} // namespace

TEST(ChartCard, showsAPredictionAsSoonAsItComes)
{
    Fixture f;
    ShownRun run;
    run.name = QStringLiteral("he");
    f.card.setRuns({run});
    EXPECT_FALSE(f.summary().contains("Theory"));
    run.prediction = test::syntheticPrediction(run.spec);
    f.card.updateRun(run);
    EXPECT_TRUE(f.summary().contains("Theory")) << f.summary().toStdString();
    run.predictionOutdated = true;
    f.card.updateRun(run);
    EXPECT_FALSE(f.summary().contains("Theory"));
}

TEST(ChartCard, showsPredictedSingularValuesThatComeAfterTheMeasuredOnes)
{
    ChartCard card{chartOfKey(QStringLiteral("jacobian_singular_values")).value(), nullptr};
    ShownRun run;
    for (const auto& reading : test::syntheticReadings(run.spec)) {
        run.readings[diagnostics::readingId(*reading)] = reading;
    }
    card.setRuns({run});
    auto* chart = card.findChild<ChartWidget*>();
    chart->refresh();
    EXPECT_FALSE(chart->accessibleDescription().contains("No prediction"));
    auto prediction = std::make_shared<experiment::Prediction>();
    prediction->spectra.whyNot = "it is not known";
    run.prediction = prediction;
    card.updateRun(run);
    chart->refresh();
    EXPECT_TRUE(chart->accessibleDescription().contains("No prediction: it is not known."))
        << chart->accessibleDescription().toStdString();
}

TEST(ChartCard, itsMenuAddsAndRemovesTheStrip)
{
    Fixture f;
    f.card.resize(400, 300);
    f.card.show();
    const auto toggle = [&f] {
        f.chart()->findChild<QAction*>("showRatio")->trigger();
    };
    EXPECT_TRUE(f.chart()->findChild<QAction*>("showRatio")->isVisible());
    toggle();
    ASSERT_TRUE(test::eventually([&f] { return f.card.chart().strip; }));
    EXPECT_TRUE(f.chart()->findChild<QAction*>("showRatio")->isChecked());
    toggle();
    EXPECT_TRUE(test::eventually([&f] { return !f.card.chart().strip; }));
    f.card.setChart(chartOfKey(QStringLiteral("jacobian_singular_values")).value());
    EXPECT_FALSE(f.chart()->findChild<QAction*>("showRatio")->isVisible());
}

} // namespace initlens::ui
