#pragma once

#include "core/experiment/verdict.h"

namespace initlens::experiment {

/// The smallest change of weights and biases that brings a network to the edge of chaos of its
/// activation: weights of the same kind (independent or orthogonal), named after a row of the
/// initializers' table where one fits, the biases kept where the edge allows it. For an activation
/// without a stable edge, weights that keep the second moment at 1. Nothing where the spec is there
/// already.
std::optional<Repair> repairOf(const RunSpec& spec, const Prediction& prediction);

} // namespace initlens::experiment
