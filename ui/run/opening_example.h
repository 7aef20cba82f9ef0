#pragma once

#include "core/base/result.h"
#include "core/experiment/run_spec.h"

#include <QString>

#include <vector>

namespace initlens::ui {

struct NamedSpec {
    QString name; ///< empty: the default name
    experiment::RunSpec spec;
};

/// What the window opens with. The first one is the current run, the others are pinned.
using OpeningExample = std::vector<NamedSpec>;

/// Reads `{"runs": [{"name": ..., "spec": {...}}, ...]}`.
Result<OpeningExample> readOpeningExample(const QByteArray& json);
/// The example that comes with the program.
Result<OpeningExample> openingExample();

} // namespace initlens::ui
