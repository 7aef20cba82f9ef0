#include "ui/charts/phase_export.h"

#include <QFile>
#include <QImage>
#include <QSvgRenderer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace initlens::ui {

namespace {

class PhaseExport : public testing::Test {
protected:
    PhaseExport()
    {
        experiment::computePhaseMap(
            experiment::phaseMapRequest(experiment::RunSpec()),
            [this](const experiment::PhaseMapPointer& map) { m_request.map = map; }, Execution());
        m_request.title = QStringLiteral("Phases of ReLU");
        m_request.network = QPointF(1.4, 0.3);
    }
    QByteArray written(const char* name)
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        const Status status = exportPhaseDiagram(path.toStdU16String(), m_request);
        EXPECT_TRUE(status) << (status ? std::string() : status.error().message());
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QImage picture() { return QImage::fromData(written("picture.png"), "PNG"); }

    PhaseRequest m_request;
    QTemporaryDir m_folder;
};

} // namespace

TEST_F(PhaseExport, writesEveryFormatTheSameEachTime)
{
    for (const auto& [name, magic] : {std::pair("a.svg", "<?xml"), std::pair("a.pdf", "%PDF-"),
                                      std::pair("a.png", "\x89PNG")}) {
        const QByteArray bytes = written(name);
        EXPECT_TRUE(bytes.startsWith(magic)) << name;
        EXPECT_EQ(written(name), bytes) << name;
    }
    EXPECT_TRUE(QSvgRenderer(written("a.svg")).isValid());
    EXPECT_TRUE(written("a.svg").contains("Phases of ReLU"));
}

TEST_F(PhaseExport, hasTheSizeAskedForAndShowsMapAndNetwork)
{
    m_request.millimetres = {127, 101.6};
    m_request.dpi = 100;
    const QImage whole = picture();
    EXPECT_EQ(whole.size(), QSize(500, 400));
    m_request.network.reset();
    const QImage withoutNetwork = picture();
    EXPECT_NE(withoutNetwork, whole);
    m_request.colouring = PhaseColouring::Depth;
    EXPECT_NE(picture(), withoutNetwork);
    m_request.map = nullptr;
    EXPECT_EQ(picture().size(), QSize(500, 400));
}

TEST_F(PhaseExport, refusesOtherFilesAndImpossibleSizes)
{
    EXPECT_FALSE(exportPhaseDiagram((m_folder.path() + "/a.bmp").toStdU16String(), m_request));
    m_request.millimetres = {1, 1};
    EXPECT_FALSE(exportPhaseDiagram((m_folder.path() + "/a.svg").toStdU16String(), m_request));
}

} // namespace initlens::ui
