#pragma once

#include "core/base/result.h"
#include "core/network/spec.h"

namespace initlens::theory {

/// The network with what an initializer on the edge of chaos leaves to theory: sigma_w appended to
/// the initializer's values, and the deviation of the biases. Any other network comes back as it
/// is. An error, in one clause, where the activation has no such point.
Result<network::NetworkSpec> withEdgeWeights(const network::NetworkSpec& spec);

} // namespace initlens::theory
