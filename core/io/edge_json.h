#pragma once

#include "core/activations/activation.h"
#include "core/theory/edge_of_chaos.h"

#include <optional>
#include <string>
#include <vector>

namespace initlens::io {

/// What `initlens edge` writes.
struct EdgeResult {
    activations::ActivationChoice activation = {}; ///< counts where there is no formula
    std::optional<std::string> formula = {};
    std::vector<theory::EdgePoint> points = {};
    std::string whyNot = {}; ///< why there is no point; empty when there is one
};

std::string edgeToJson(const EdgeResult& result);

} // namespace initlens::io
