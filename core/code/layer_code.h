#pragma once

#include "core/base/result.h"
#include "core/code/framework.h"
#include "core/experiment/run_spec.h"

#include <optional>
#include <string>

namespace initlens::code {

/// One layer of a network whose initialization is wanted as code.
struct LayerRequest {
    const Framework* framework = nullptr;
    Index layer = 0; ///< 1 .. depth; 0: the second, or the only one
    /// Of a layer of one's own in its place, multiples of the taps of the network's kernel;
    /// nothing: as the network has it.
    std::optional<Index> fanIn = {};
    std::optional<Index> fanOut = {};
};

inline constexpr Index largestFan = 1'000'000'000;

/// Python that initializes the layer as the spec's network is initialized: weights, and biases of
/// the row or of the spec. Equal in distribution, not in its random numbers. An error says why
/// there is no such layer or, for weights that depend on the data, no code.
Result<std::string> layerCode(const experiment::RunSpec& spec, const LayerRequest& request);

} // namespace initlens::code
