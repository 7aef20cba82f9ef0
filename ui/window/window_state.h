#pragma once

#include "ui/window/app_style.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace initlens::ui {

/// What the window remembers between sessions.
struct WindowState {
    QByteArray geometry;
    QByteArray splitter;
    ThemeChoice theme = ThemeChoice::System;
    QStringList charts;
    bool phaseShown = false; ///< the phase diagram

    friend bool operator==(const WindowState&, const WindowState&) = default;
};

QByteArray toBlob(const WindowState& state);
/// Nothing when the blob is damaged or of another version.
std::optional<WindowState> fromBlob(const QByteArray& blob);

/// Takes the stored state out of the settings: a state that brings the program down is not met a
/// second time. Who has restored it well stores it again.
std::optional<WindowState> takeWindowState();
void storeWindowState(const WindowState& state);

} // namespace initlens::ui
