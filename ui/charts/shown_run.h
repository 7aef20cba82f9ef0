#pragma once

#include "core/diagnostics/reading.h"
#include "core/experiment/run_spec.h"

#include <QString>

#include <map>
#include <string>

namespace initlens::ui {

/// A run as the charts see it: a value, cheap to copy.
struct ShownRun {
    int id = 0;
    QString name;
    int style = 0; ///< which series style draws it: colour, marker and line
    bool visible = true;
    bool current = false;
    experiment::RunSpec spec;
    std::map<std::string, diagnostics::ReadingPointer> readings;
};

} // namespace initlens::ui
