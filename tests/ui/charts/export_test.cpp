#include "ui/charts/chart_export.h"

#include "tests/ui/charts/readings.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::ui {

namespace {

class Export : public testing::Test {
protected:
    Export()
    {
        m_request.runs = test::threeRuns();
        m_request.chart = test::chart("gradient_norm");
    }

    [[nodiscard]] std::filesystem::path path(const std::string& name) const
    {
        return m_folder.path().toStdString() + "/" + name;
    }
    [[nodiscard]] QByteArray written(const std::string& name) const
    {
        QFile file(QString::fromStdString(path(name).string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QString refusal(const std::string& name) const
    {
        const Status status = exportChart(path(name), m_request);
        return status ? QString() : QString::fromStdString(status.error().message());
    }

    ChartRequest m_request;
    QTemporaryDir m_folder;
};

int pixelsLike(const QImage& image, const QColor& colour)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            found += std::abs(pixel.red() - colour.red()) +
                                 std::abs(pixel.green() - colour.green()) +
                                 std::abs(pixel.blue() - colour.blue()) <
                             30
                         ? 1
                         : 0;
        }
    }
    return found;
}

void expectEveryCurve(const QImage& image, const ChartRequest& request)
{
    for (const ShownRun& run : request.runs) {
        EXPECT_GT(pixelsLike(image, seriesStyle(request.theme, run.style).colour), 100)
            << run.name.toStdString();
    }
}

TEST_F(Export, aPngHasTheSizeAndResolutionAskedFor)
{
    m_request.millimetres = {127, 76.2};
    m_request.dpi = 100;
    ASSERT_TRUE(exportChart(path("chart.png"), m_request));
    const QImage image = QImage::fromData(written("chart.png"), "PNG");
    EXPECT_EQ(image.size(), QSize(500, 300));
    EXPECT_EQ(image.dotsPerMeterX(), 3937);
    EXPECT_EQ(image.pixelColor(0, 0), m_request.theme.background);
    expectEveryCurve(image, m_request);
}

TEST_F(Export, anSvgIsVectorsInMillimetres)
{
    ASSERT_TRUE(exportChart(path("chart.SVG"), m_request));
    const QByteArray bytes = written("chart.SVG");
    QXmlStreamReader xml(bytes);
    ASSERT_TRUE(xml.readNextStartElement());
    EXPECT_EQ(xml.name().toString(), "svg");
    EXPECT_NEAR(xml.attributes().value("width").toString().remove("mm").toDouble(), 160, 0.01);
    EXPECT_NEAR(xml.attributes().value("height").toString().remove("mm").toDouble(), 100, 0.01);
    while (!xml.atEnd()) {
        xml.readNext();
        EXPECT_NE(xml.name().toString(), "image") << "a picture inside of the drawing";
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    QSvgRenderer renderer(bytes);
    ASSERT_TRUE(renderer.isValid());
    QImage image(640, 400, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    renderer.render(&painter);
    painter.end();
    expectEveryCurve(image, m_request);
}

TEST_F(Export, aPdfIsOnePageOfThatSize)
{
    ASSERT_TRUE(exportChart(path("chart.pdf"), m_request));
    const QByteArray bytes = written("chart.pdf");
    EXPECT_TRUE(bytes.startsWith("%PDF-1."));
    EXPECT_TRUE(bytes.trimmed().endsWith("%%EOF"));
    EXPECT_EQ(bytes.count("/Type /Page\n"), 1);
    const qsizetype box = bytes.indexOf("/MediaBox [");
    ASSERT_GE(box, 0);
    const auto numbers = bytes.mid(box + 11, bytes.indexOf(']', box) - box - 11).split(' ');
    ASSERT_GE(numbers.size(), 4);
    EXPECT_NEAR(numbers[2].toDouble(), 160 * 72 / 25.4, 1);
    EXPECT_NEAR(numbers[3].toDouble(), 100 * 72 / 25.4, 1);
}

TEST_F(Export, equalRequestsGiveEqualFiles)
{
    for (const auto& chart : {std::optional<ChartId>(), m_request.chart}) {
        m_request.chart = chart;
        for (const std::string suffix : {".svg", ".pdf", ".png"}) {
            ASSERT_TRUE(exportChart(path("one" + suffix), m_request));
            ASSERT_TRUE(exportChart(path("two" + suffix), m_request));
            EXPECT_GT(written("one" + suffix).size(), 1000) << suffix;
            EXPECT_EQ(written("one" + suffix), written("two" + suffix)) << suffix;
        }
    }
}

TEST_F(Export, everyChartCanBeDrawnInEveryThemeWithAndWithoutData)
{
    m_request.dpi = 120;
    for (const auto& runs : {test::threeRuns(), std::vector<ShownRun>()}) {
        m_request.runs = runs;
        for (const ChartId& chart : availableCharts()) {
            for (const auto& theme : {lightChartTheme(), darkChartTheme(), printChartTheme()}) {
                m_request.chart = chart;
                m_request.theme = theme;
                const QImage image = chartImage(m_request);
                ASSERT_FALSE(image.isNull()) << chartKey(chart).toStdString();
                EXPECT_EQ(image.pixelColor(0, 0), theme.background);
                EXPECT_GT(pixelsLike(image, theme.text), 20) << chartKey(chart).toStdString();
            }
        }
    }
}

TEST_F(Export, roundingNoiseIsHatchedAndExactZerosHaveTheirStrip)
{
    m_request.chart = test::chart("jacobian_singular_values");
    const auto drawn = [this](std::int64_t zeros, double resolution) {
        std::vector<test::LayerValues> layers;
        for (int layer = 1; layer <= 20; ++layer) {
            layers.push_back({layer, {0.1, -0.5 * layer, -1.0 * layer}, zeros, resolution});
        }
        m_request.runs = {test::run(1, "a", 20, {test::spectrum(layers)})};
        return chartImage(m_request);
    };
    const QColor strip = m_request.theme.zeroStrip;
    const QColor hatch = m_request.theme.hatch;
    const QImage plain = drawn(0, -test::infinity);
    EXPECT_GT(pixelsLike(drawn(0, -10), hatch), pixelsLike(plain, hatch) + 1000);
    EXPECT_EQ(drawn(0, -25), plain) << "nothing lies below the resolution";
    EXPECT_GT(pixelsLike(drawn(3, -test::infinity), strip), pixelsLike(plain, strip) + 1000);
}

TEST_F(Export, whatCannotBeWrittenIsSaidInOneSentence)
{
    EXPECT_TRUE(refusal("missing/chart.png").contains("cannot write"));
    EXPECT_TRUE(refusal("missing/chart.png").contains("missing/chart.png"));
    EXPECT_TRUE(refusal("chart.jpg").contains("must end in .svg, .pdf or .png"));
    EXPECT_TRUE(refusal("chart").contains("must end in .svg, .pdf or .png"));
    m_request.millimetres = {5, 100};
    EXPECT_TRUE(refusal("chart.svg").contains("10 to 2000 mm"));
    m_request.millimetres = {test::notANumber, 100};
    EXPECT_TRUE(refusal("chart.svg").contains("10 to 2000 mm"));
    m_request.millimetres = {2000, 2000};
    m_request.dpi = 2400;
    EXPECT_TRUE(refusal("chart.png").contains("200 million pixels"));
    EXPECT_TRUE(chartImage(m_request).isNull());
    m_request.dpi = 0;
    EXPECT_TRUE(refusal("chart.png").contains("10 to 2400 dpi"));
    EXPECT_FALSE(QFileInfo::exists(QString::fromStdString(path("chart.png").string())));
}

TEST_F(Export, aFailedExportLeavesTheExistingFileAlone)
{
    ASSERT_TRUE(exportChart(path("chart.svg"), m_request));
    const QByteArray before = written("chart.svg");
    m_request.millimetres = {1, 1};
    EXPECT_FALSE(exportChart(path("chart.svg"), m_request));
    EXPECT_EQ(written("chart.svg"), before);
    EXPECT_EQ(QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

TEST_F(Export, aFolderInPlaceOfTheFileIsAFailure)
{
    ASSERT_TRUE(QDir(m_folder.path()).mkdir("chart.png"));
    EXPECT_TRUE(refusal("chart.png").contains("cannot write"));
}

TEST_F(Export, theClipboardGetsPixelsAndVectors)
{
    const auto data = chartMimeData(m_request);
    EXPECT_FALSE(qvariant_cast<QImage>(data->imageData()).isNull());
    EXPECT_TRUE(QSvgRenderer(data->data("image/svg+xml")).isValid());
}

} // namespace

} // namespace initlens::ui
