#pragma once

#include "core/experiment/gain_report.h"

#include <QString>

namespace initlens::ui {

/// A gain with the digits that are worth copying; "–" where there is none.
QString gainText(double gain);
QString meansText(const theory::Gains& gains);
/// What PyTorch's gain does to a network of 50 layers.
QString libraryText(const theory::LibraryGain& library);
QString fixedPointsHtml(const experiment::GainReport& report);
QString edgeHtml(const experiment::GainReport& report);
/// The sentence without what the place says already: "formula: ", and the list of what is allowed,
/// which stands in the tool tip of the field.
QString problemText(const QString& problem);
/// What a formula may be made of.
QString formulaHelp();
/// A clause of the core as a sentence of the window.
QString sentence(const std::string& clause);

} // namespace initlens::ui
