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
/// All that sets them apart, in the order of the fields: "depth: 50 → 100; activation: relu →
/// tanh".
QString differences(const experiment::RunSpec& from, const experiment::RunSpec& to);
/// Number, from 0, of the first field in which they differ; -1 where none does.
int changedField(const experiment::RunSpec& spec, const experiment::RunSpec& other);

} // namespace initlens::ui
