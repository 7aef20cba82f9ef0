#pragma once

#include <QLabel>

namespace initlens::ui {

/// A label for sentences: it wraps, and its text can be selected.
QLabel* textLabel(const char* name, QWidget* parent);

/// The heading of a part of a panel.
QLabel* headingLabel(const QString& text, QWidget* parent);

} // namespace initlens::ui
