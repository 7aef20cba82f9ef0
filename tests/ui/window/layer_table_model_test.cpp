#include "ui/window/layer_table_model.h"

#include "tests/ui/window/fake_run.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>

namespace initlens::ui {

namespace {

ShownRun shown(int id, const QString& name)
{
    ShownRun run;
    run.id = id;
    run.name = name;
    for (const auto& reading : test::syntheticReadings(run.spec)) {
        run.readings.emplace(diagnostics::readingId(*reading), reading);
    }
    return run;
}

} // namespace

TEST(LayerTableModel, hasAColumnForEveryVisibleRun)
{
    LayerTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Warning);
    auto hidden = shown(3, QStringLiteral("hidden"));
    hidden.visible = false;
    model.show({shown(1, QStringLiteral("one")), shown(2, QStringLiteral("two")), hidden}, 7);
    ASSERT_EQ(model.columnCount(), 3);
    EXPECT_EQ(model.headerData(2, Qt::Horizontal, Qt::ToolTipRole).toString(), "two");
    EXPECT_FALSE(model.headerData(2, Qt::Horizontal, Qt::DecorationRole).value<QIcon>().isNull());
    EXPECT_GT(model.rowCount(), 5);
    for (int row = 0; row < model.rowCount(); ++row) {
        EXPECT_FALSE(model.index(row, 1).data().toString().isEmpty()) << row;
    }
}

TEST(LayerTableModel, showsTheValueAtTheLayer)
{
    LayerTableModel model;
    auto run = shown(1, QStringLiteral("one"));
    run.readings.clear();
    const auto profile = test::syntheticProfile("activation_mean", 9, 1);
    run.readings.emplace("activation_mean", profile);
    model.show({run}, 5);
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(model.index(0, 1).data().toString(), "0.5");
}

TEST(LayerTableModel, isEmptyWhereNothingWasMeasured)
{
    LayerTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Warning);
    model.show({shown(1, QStringLiteral("one"))}, 7);
    model.show({shown(1, QStringLiteral("one"))}, 70'000);
    EXPECT_EQ(model.rowCount(), 0);
}

} // namespace initlens::ui
