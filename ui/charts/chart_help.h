#pragma once

#include "core/diagnostics/diagnostic.h"

#include <QString>

namespace initlens::ui {

/// What a diagnostic is, as rich text: its explanation, formula and source, and how to use a chart.
QString helpText(const diagnostics::Diagnostic& diagnostic);

} // namespace initlens::ui
