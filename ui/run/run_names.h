#pragma once

#include "core/experiment/run_spec.h"

#include <QString>

namespace initlens::ui {

/// A name for a run that nobody has named: what its initializer is, with its parameters.
QString defaultName(const experiment::RunSpec& spec);
/// What else a person wants to know of it: "relu, 50 × 256".
QString shortDescription(const experiment::RunSpec& spec);
/// What `spec` has first that `other` has not, as "depth 100" or "tanh"; empty when nothing.
QString difference(const experiment::RunSpec& spec, const experiment::RunSpec& other);

} // namespace initlens::ui
