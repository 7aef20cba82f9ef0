#pragma once

#include "core/experiment/run_spec.h"
#include "core/theory/network_law.h"

#include <optional>

namespace initlens::experiment {

/// Equal but for rounding: to a relative 1e-6.
bool isNear(double a, double b);

/// A row of the kind whose hidden weights have that sigma_w^2 = fan-in x Var(W): one that has it as
/// it stands, else one with a parameter that scales the deviation. Nothing where no row reaches it.
std::optional<initializers::InitializerChoice>
weightsWith(const RunSpec& spec, initializers::Ensemble ensemble, double sigmaW2);

/// Where theory has a valid spec: the variances of its hidden layers, or the clause that says why
/// it has no law.
Result<theory::NetworkLaw> lawOf(const RunSpec& spec);

/// A spec with the variances `target` in its hidden layers (0 < sigma_w^2), all else as it is. The
/// initializer stays where one of its parameters scales the weights; else another of the same kind
/// takes its place: orthogonal, uniform, or independent with tails. Nothing for a spec without a
/// law, and where no parameter reaches so far.
std::optional<RunSpec> movedTo(const RunSpec& spec, const theory::LayerLaw& target);

} // namespace initlens::experiment
