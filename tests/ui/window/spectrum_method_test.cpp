// The whole way of a spectrum method: chosen in the form, run by the engine, shown in the window.

#include "core/experiment/gain_report.h"
#include "core/experiment/prediction.h"
#include "tests/ui/window/fake_run.h"
#include "ui/charts/chart_model.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/chart_widget.h"
#include "ui/window/main_window.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>

#include <algorithm>

namespace initlens::ui {

namespace {

constexpr int depth = 6;
constexpr int width = 40;

class SpectrumMethodTest : public testing::Test {
protected:
    SpectrumMethodTest()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
        m_window = std::make_unique<MainWindow>(&experiment::run, &experiment::predictProfiles,
                                                &experiment::gainReport);
        m_window->resize(1200, 800);
        m_window->show();
        experiment::RunSpec spec;
        spec.depth = depth;
        spec.width = width;
        spec.batch = 4;
        // Well conditioned, so that single precision suffices.
        spec.activation = *parseChoice(activations::Activation::table(), "activation", "tanh");
        spec.initializer =
            *parseChoice(initializers::Initializer::table(), "initializer", "orthogonal");
        m_window->session().replaceSpec(spec);
        EXPECT_TRUE(rest());
    }

    bool rest()
    {
        return test::eventually([this] { return !m_window->session().activity().running; });
    }
    template <class T>
    T* find(const char* name)
    {
        return m_window->findChild<T*>(QLatin1String(name));
    }

    /// Picks the method in the form and waits until all is shown.
    void measureBy(std::string_view method)
    {
        const auto table = spectrum::Method::table();
        const auto row = std::find_if(table.begin(), table.end(),
                                      [&](const auto* one) { return one->head.id == method; });
        auto* combo = find<QComboBox>("spectrum.combo");
        ASSERT_NE(combo, nullptr);
        combo->setCurrentIndex(
            combo->findData(static_cast<qulonglong>(std::distance(table.begin(), row))));
        ASSERT_TRUE(rest());
        ASSERT_EQ(shown().spec.spectrum.id(), method);
        ASSERT_TRUE(shown().finished);
    }

    const ShownRun& shown() { return m_window->session().runs()->run(RunListModel::currentRow); }
    spectrum::LayerSpectrumPointer lastSpectrum()
    {
        const auto& reading = shown().readings.at("jacobian_singular_values");
        return std::get<diagnostics::Spectrum>(*reading).spectra.back();
    }
    /// What is written below the plot of a chart of the dashboard.
    QString notes(const char* chart)
    {
        auto* widget = find<ChartWidget>(chart);
        widget->refresh();
        const ChartRequest request = widget->request();
        return chartNotes(makeModel(widget->chart(), request.runs, request.selectedLayer))
            .join(QLatin1Char(' '));
    }
    QString summary(const char* chart) { return find<ChartWidget>(chart)->accessibleDescription(); }
    QString cell(const QString& label)
    {
        const auto* model = find<QTableView>("layerTable")->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data().toString() == label) {
                return model->index(row, 1).data().toString();
            }
        }
        return {};
    }
    QString agreement() { return find<QLabel>("agreementStatements")->text(); }

    QTemporaryDir m_directory;
    std::unique_ptr<MainWindow> m_window;
};

constexpr const char* overDepth = "jacobian_singular_values";
constexpr const char* atLayer = "jacobian_singular_values_at_layer";

} // namespace

TEST_F(SpectrumMethodTest, aSketchIsDrawnAsAnEstimate)
{
    measureBy("sketch");
    const auto spectrum = lastSpectrum();
    ASSERT_NE(spectrum, nullptr);
    ASSERT_NE(spectrum->sketch, nullptr);
    EXPECT_TRUE(spectrum->log10Values.empty());
    EXPECT_TRUE(notes(overDepth).contains("estimated; dotted: their error"))
        << notes(overDepth).toStdString();
    EXPECT_TRUE(notes(atLayer).contains("estimated; dotted: its error"))
        << notes(atLayer).toStdString();
    const QString largest = magnitudeText(spectrum->sketch->quantiles.back().value);
    EXPECT_TRUE(test::eventually([&] { return cell("Largest σ") == largest; }));
    EXPECT_FALSE(agreement().contains("Kolmogorov")) << "a sketch has no values to compare";
}

TEST_F(SpectrumMethodTest, aQuickSpectrumIsDrawnAsTheExactOne)
{
    const auto exact = lastSpectrum();
    measureBy("quick");
    const auto quick = lastSpectrum();
    ASSERT_NE(quick, nullptr);
    EXPECT_EQ(quick->carrier, spectrum::Carrier::SingleProduct);
    ASSERT_EQ(quick->log10Values.size(), exact->log10Values.size());
    for (std::size_t i = 0; i < quick->log10Values.size(); ++i) {
        EXPECT_NEAR(quick->log10Values[i], exact->log10Values[i], 1e-3);
    }
    for (const char* chart : {overDepth, atLayer}) {
        EXPECT_FALSE(notes(chart).contains("estimated")) << notes(chart).toStdString();
        EXPECT_FALSE(summary(chart).isEmpty());
    }
    const QString largest = magnitudeText(quick->log10Values.front());
    EXPECT_TRUE(test::eventually([&] { return cell("Largest σ") == largest; }));
    EXPECT_TRUE(agreement().contains("Kolmogorov")) << agreement().toStdString();
}

} // namespace initlens::ui
