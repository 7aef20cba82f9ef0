#include "ui/window/window_state.h"

#include <QDataStream>
#include <QIODevice>
#include <QSettings>

namespace initlens::ui {

namespace {

constexpr quint32 magic = 0x494c5753;
constexpr quint32 version = 2;
constexpr int largestTheme = static_cast<int>(ThemeChoice::Dark);
const QString settingsKey = QStringLiteral("window/state");

} // namespace

QByteArray toBlob(const WindowState& state)
{
    QByteArray blob;
    QDataStream stream(&blob, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << magic << version << state.geometry << state.splitter
           << static_cast<qint32>(state.theme) << state.charts << state.phaseShown;
    return blob;
}

std::optional<WindowState> fromBlob(const QByteArray& blob)
{
    QDataStream stream(blob);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 foundMagic = 0;
    quint32 foundVersion = 0;
    qint32 theme = 0;
    WindowState state;
    stream >> foundMagic >> foundVersion;
    if (stream.status() != QDataStream::Ok || foundMagic != magic || foundVersion != version) {
        return std::nullopt;
    }
    stream >> state.geometry >> state.splitter >> theme >> state.charts >> state.phaseShown;
    if (stream.status() != QDataStream::Ok || theme < 0 || theme > largestTheme) {
        return std::nullopt;
    }
    state.theme = static_cast<ThemeChoice>(theme);
    return state;
}

std::optional<WindowState> takeWindowState()
{
    QSettings settings;
    const QByteArray blob = settings.value(settingsKey).toByteArray();
    settings.remove(settingsKey);
    settings.sync();
    return fromBlob(blob);
}

void storeWindowState(const WindowState& state)
{
    QSettings().setValue(settingsKey, toBlob(state));
}

} // namespace initlens::ui
