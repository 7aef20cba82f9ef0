#include "ui/form/spec_panel.h"

#include "core/experiment/shorthand.h"
#include "ui/form/field_editor.h"
#include "ui/form/log_slider.h"
#include "ui/form/number_box.h"
#include "ui/form/section.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace initlens::ui {

namespace {

struct Fixture {
    SpecPanel panel;
    QSignalSpy edited{&panel, &SpecPanel::specEdited};

    template <class T>
    T* find(std::string_view field, const char* part)
    {
        return panel.findChild<T*>(toQString(field) + QLatin1Char('.') + QLatin1String(part));
    }
    void choose(QComboBox* combo, std::size_t row)
    {
        combo->setCurrentIndex(combo->findData(static_cast<qulonglong>(row)));
    }
};

bool isHistogramLayer(std::string_view key)
{
    bool found = false;
    const experiment::RunSpec spec;
    fields(spec, [&](const FieldInfo& info, const auto& member) {
        found =
            found || (info.key == key && static_cast<const void*>(&member) == &spec.histogramLayer);
    });
    return found;
}

} // namespace

TEST(SpecPanel, hasAnEditorForEveryField)
{
    Fixture f;
    const experiment::RunSpec spec;
    fields(spec, [&]<class T>(const FieldInfo& info, const T&) {
        if (isHistogramLayer(info.key)) {
            return;
        }
        const bool isNumber = std::is_arithmetic_v<T>;
        EXPECT_EQ(f.find<NumberBox>(info.key, "box") != nullptr, isNumber) << info.key;
        EXPECT_EQ(f.find<QComboBox>(info.key, "combo") != nullptr, !isNumber) << info.key;
        EXPECT_EQ(f.find<LogSlider>(info.key, "slider") != nullptr, info.slider) << info.key;
    });
}

TEST(SpecPanel, offersEveryRowOfEveryTable)
{
    Fixture f;
    experiment::RunSpec spec;
    fields(spec, [&]<class T>(const FieldInfo& info, const T&) {
        if constexpr (!std::is_arithmetic_v<T>) {
            using Row = std::remove_const_t<std::remove_pointer_t<decltype(T::row)>>;
            auto* combo = f.find<QComboBox>(info.key, "combo");
            ASSERT_NE(combo, nullptr);
            const auto table = Row::table();
            for (std::size_t row = table.size(); row-- > 0;) {
                f.choose(combo, row);
                T chosen;
                fields(f.panel.spec(), [&](const FieldInfo& other, const auto& member) {
                    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, T>) {
                        if (other.key == info.key) {
                            chosen = member;
                        }
                    }
                });
                EXPECT_EQ(chosen, T(*table[row])) << table[row]->head.id;
                for (const auto& param : table[row]->head.params) {
                    EXPECT_NE(f.find<QWidget>(info.key, std::string(param.key).c_str()), nullptr)
                        << table[row]->head.id << ' ' << param.key;
                }
                auto* formula = f.find<QLabel>(info.key, "formula");
                EXPECT_EQ(formula->text(), formulaHtml(table[row]->head.formula));
            }
        }
    });
}

TEST(SpecPanel, readsANetworkInOneLine)
{
    Fixture f;
    f.panel.show();
    auto* line = f.panel.findChild<QLineEdit*>(QStringLiteral("networkLine.text"));
    auto* problem = f.panel.findChild<QLabel*>(QStringLiteral("networkLine.problem"));
    auto* leftOut = f.panel.findChild<QLabel*>(QStringLiteral("networkLine.leftOut"));
    EXPECT_EQ(line->text().toStdString(), experiment::shorthandOf(f.panel.spec()));
    EXPECT_FALSE(line->accessibleName().isEmpty());
    const auto type = [&](const char* text) {
        f.panel.editLine();
        EXPECT_EQ(line->selectedText(), line->text());
        QTest::keyClicks(line, QLatin1String(text));
        QTest::keyClick(line, Qt::Key_Return);
    };
    type("784-512x50 GELU glorot_normal seed=3");
    ASSERT_EQ(f.edited.count(), 1);
    EXPECT_EQ(f.panel.spec().inputSize, 784);
    EXPECT_EQ(f.find<NumberBox>("width", "box")->text(), "512");
    EXPECT_EQ(f.panel.spec().activation.id(), "gelu");
    EXPECT_EQ(line->text(), "784-512x50 gelu glorot_normal seed=3");
    EXPECT_TRUE(leftOut->isHidden());

    type("784-512x20-10");
    EXPECT_EQ(f.edited.count(), 2);
    EXPECT_EQ(f.panel.spec().depth, 20);
    EXPECT_TRUE(leftOut->text().contains("output layer of 10 units is left out"));
    EXPECT_FALSE(leftOut->isHidden());

    type("{\"depth\": 7}");
    EXPECT_EQ(f.panel.spec().depth, 7);
    EXPECT_TRUE(leftOut->isHidden());

    const auto before = f.panel.spec();
    type("gelo");
    EXPECT_EQ(f.panel.spec(), before);
    EXPECT_TRUE(problem->text().contains("did you mean gelu?"));
    EXPECT_FALSE(problem->isHidden());
    EXPECT_EQ(line->text(), "gelo");
    QTest::keyClick(line, Qt::Key_Escape);
    EXPECT_TRUE(problem->isHidden());
    EXPECT_EQ(line->text().toStdString(), experiment::shorthandOf(before));

    // It follows the controls.
    f.find<NumberBox>("depth", "box")->setValue(31);
    EXPECT_EQ(line->text().toStdString(), experiment::shorthandOf(f.panel.spec()));
}

TEST(SpecPanel, raisesExponentsInFormulas)
{
    EXPECT_EQ(formulaHtml("W^l x^{l-1} < 2^-0.5, fan_in"),
              "W<sup>l</sup> x<sup>l-1</sup> &lt; 2<sup>-0.5</sup>, fan_in");
}

TEST(SpecPanel, emitsTheWholeSpecOnceAnEdit)
{
    Fixture f;
    const auto before = f.panel.spec();
    f.find<NumberBox>("depth", "box")->setValue(30);
    ASSERT_EQ(f.edited.count(), 1);
    auto expected = before;
    expected.depth = 30;
    EXPECT_EQ(f.panel.spec(), expected);
    f.find<NumberBox>("depth", "box")->setValue(30);
    EXPECT_EQ(f.edited.count(), 1);
}

TEST(SpecPanel, showingASpecIsSilentAndComplete)
{
    Fixture f;
    experiment::RunSpec spec;
    spec.depth = 77'000;
    spec.width = 3;
    spec.biasStd = 0.00448;
    spec.seed = experiment::largestSeed;
    spec.activation = activations::ActivationChoice(*activations::Activation::table().back());
    spec.initializer = initializers::InitializerChoice(*initializers::Initializer::table().back());
    f.panel.setSpec(spec);
    EXPECT_EQ(f.edited.count(), 0);
    EXPECT_EQ(f.panel.spec(), spec);
    EXPECT_EQ(f.find<NumberBox>("depth", "box")->text(), "77000");
    EXPECT_EQ(f.find<NumberBox>("bias_std", "box")->text(), "0.00448");
    EXPECT_EQ(f.find<NumberBox>("seed", "box")->text(), "9007199254740991");
    EXPECT_EQ(f.find<QComboBox>("activation", "combo")->currentText(),
              toQString(spec.activation->head.label));
}

TEST(SpecPanel, theSliderIsLogarithmicAndEndsAtAPracticalNumber)
{
    Fixture f;
    auto* slider = f.find<LogSlider>("depth", "slider");
    slider->setValue(slider->maximum());
    EXPECT_EQ(f.panel.spec().depth, 2000);
    slider->setValue(slider->minimum());
    EXPECT_EQ(f.panel.spec().depth, 1);
    slider->setValue((slider->minimum() + slider->maximum()) / 2);
    EXPECT_NEAR(static_cast<double>(f.panel.spec().depth), 45, 2);
    f.find<NumberBox>("depth", "box")->setValue(100'000);
    EXPECT_EQ(f.panel.spec().depth, 100'000);
    EXPECT_EQ(slider->value(), slider->maximum());
}

TEST(SpecPanel, anArrowKeyOnTheSliderReachesTheNextNumber)
{
    Fixture f;
    f.find<NumberBox>("depth", "box")->setValue(3);
    auto* slider = f.find<LogSlider>("depth", "slider");
    QTest::keyClick(slider, Qt::Key_Right);
    EXPECT_EQ(f.panel.spec().depth, 4);
    QTest::keyClick(slider, Qt::Key_Left);
    QTest::keyClick(slider, Qt::Key_Left);
    EXPECT_EQ(f.panel.spec().depth, 2);
}

TEST(SpecPanel, aNumberOutOfRangeReachesTheSpecAndIsExplained)
{
    Fixture f;
    auto* box = f.find<NumberBox>("depth", "box");
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, "0");
    QTest::keyClick(box, Qt::Key_Return);
    EXPECT_EQ(f.panel.spec().depth, 0);
    const auto problems = experiment::validate(f.panel.spec());
    ASSERT_FALSE(problems.empty());
    f.panel.setProblems(problems);
    auto* sentence = f.find<QLabel>("depth", "problem");
    EXPECT_FALSE(sentence->isHidden());
    EXPECT_EQ(sentence->text().toStdString(), problems.problems.front());
}

TEST(SpecPanel, aProblemStandsUnderItsControlOrOnTop)
{
    Fixture f;
    Error error("input_size must be at least 1");
    error.add("the network needs 3 TiB");
    f.panel.setProblems(error);
    EXPECT_FALSE(f.find<QLabel>("input_size", "problem")->isHidden());
    EXPECT_TRUE(f.find<QLabel>("input", "problem")->isHidden());
    EXPECT_TRUE(f.find<QLabel>("depth", "problem")->isHidden());
    EXPECT_EQ(f.panel.findChild<QLabel*>("specPanel.problem")->text(), "the network needs 3 TiB");
    f.panel.setProblems({});
    EXPECT_TRUE(f.find<QLabel>("input_size", "problem")->isHidden());
    EXPECT_TRUE(f.panel.findChild<QLabel*>("specPanel.problem")->isHidden());
}

TEST(SpecPanel, aProblemOfTheChosenRowStandsUnderItsChoice)
{
    Fixture f;
    const std::string id(f.panel.spec().initializer.id());
    f.panel.setProblems(Error(id + ": std must be from 0 to 1"));
    EXPECT_FALSE(f.find<QLabel>("initializer", "problem")->isHidden());
    EXPECT_TRUE(f.panel.findChild<QLabel*>("specPanel.problem")->isHidden());
}

TEST(SpecPanel, redrawingTakesAnotherSeedAndNothingElse)
{
    Fixture f;
    auto expected = f.panel.spec();
    QTest::mouseClick(f.panel.findChild<QPushButton*>("redrawSeed"), Qt::LeftButton);
    ASSERT_EQ(f.edited.count(), 1);
    EXPECT_NE(f.panel.spec().seed, expected.seed);
    expected.seed = f.panel.spec().seed;
    EXPECT_EQ(f.panel.spec(), expected);
    EXPECT_EQ(f.find<NumberBox>("seed", "box")->text(), QString::number(expected.seed));
}

TEST(SpecPanel, theActivationsHaveDrawings)
{
    Fixture f;
    const auto* combo = f.find<QComboBox>("activation", "combo");
    for (int i = 0; i < combo->count(); ++i) {
        EXPECT_EQ(combo->itemIcon(i).isNull(), !combo->itemData(i).isValid()) << i;
    }
    EXPECT_TRUE(f.find<QComboBox>("initializer", "combo")->itemIcon(1).isNull());
}

TEST(SpecPanel, sectionsFold)
{
    Fixture f;
    auto* section = f.panel.findChild<Section*>("section.Measurement");
    ASSERT_NE(section, nullptr);
    auto* box = f.find<NumberBox>("spectrum_every", "box");
    EXPECT_TRUE(box->isVisibleTo(&f.panel));
    f.panel.findChild<QPushButton*>("section.Measurement.heading")->click();
    EXPECT_FALSE(section->isExpanded());
    EXPECT_FALSE(box->isVisibleTo(&f.panel));
}

} // namespace initlens::ui
