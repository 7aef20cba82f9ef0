#pragma once

#include "core/diagnostics/reading.h"
#include "core/experiment/prediction_pointer.h"
#include "core/experiment/run_spec.h"

#include <QString>

#include <map>
#include <set>
#include <string>

namespace initlens::ui {

/// A run as the charts see it: a value, cheap to copy.
struct ShownRun {
    int id = 0;
    QString name;
    int style = 0; ///< which series style draws it: colour, marker and line
    bool visible = true;
    bool current = false;
    bool finished = false; ///< nothing more will come
    experiment::RunSpec spec;
    std::map<std::string, diagnostics::ReadingPointer> readings;
    /// Readings of an earlier spec, which stay until those of this one arrive.
    std::set<std::string> outdated;
    /// What a narrow network shows until the readings themselves arrive.
    std::map<std::string, diagnostics::ReadingPointer> previews;
    int previewWidth = 0; ///< of that network
    /// What theory expects of the run; null until it is known, and where nobody has asked.
    experiment::PredictionPointer prediction;
    bool predictionOutdated = false; ///< of an earlier spec, as readings may be
};

} // namespace initlens::ui
