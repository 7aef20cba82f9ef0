#include "ui/window/window_state.h"

#include <gtest/gtest.h>

#include <QSettings>
#include <QTemporaryDir>

namespace initlens::ui {

namespace {

WindowState someState()
{
    return {.geometry = "geometry",
            .splitter = "splitter",
            .theme = ThemeChoice::Dark,
            .charts = {QStringLiteral("gradient_norm")},
            .phaseShown = true};
}

} // namespace

TEST(WindowState, survivesTheBlob)
{
    EXPECT_EQ(fromBlob(toBlob(someState())), someState());
}

TEST(WindowState, everyTruncationIsRefused)
{
    const QByteArray blob = toBlob(someState());
    for (qsizetype length = 0; length < blob.size(); ++length) {
        EXPECT_FALSE(fromBlob(blob.left(length)).has_value()) << length;
    }
}

TEST(WindowState, anotherVersionIsRefused)
{
    QByteArray blob = toBlob(someState());
    blob[7] = static_cast<char>(blob[7] + 1);
    EXPECT_FALSE(fromBlob(blob).has_value());
}

TEST(WindowState, isGoneOnceTaken)
{
    const QTemporaryDir directory;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, directory.path());
    storeWindowState(someState());
    EXPECT_EQ(takeWindowState(), someState());
    EXPECT_FALSE(takeWindowState().has_value());
}

} // namespace initlens::ui
