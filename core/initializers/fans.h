#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::initializers {

/// A layer of weights as frameworks name it. Convolutions are at stride 1, away from the edge.
struct FanLayer {
    enum class Kind { Dense, Convolution, Depthwise, Transposed };
    Kind kind = Kind::Convolution;
    Index inChannels = 64;              ///< inputs of a dense layer
    Index outChannels = 128;            ///< outputs of a dense layer
    std::vector<Index> kernel = {3, 3}; ///< its size along each axis; not for dense layers
    Index groups = 1;                   ///< of a convolution, transposed or not
};

inline constexpr Index largestChannelCount = 1'000'000;
inline constexpr Index largestKernelSize = 1'000;

/// Numbers of connections: into one output unit and out of one input unit.
struct Fans {
    Index in = 0;
    Index out = 0;
    friend bool operator==(const Fans&, const Fans&) = default;
};

/// What a framework's initializers compute from the shape of the weights, which is all they see.
struct FrameworkFans {
    std::string_view framework;
    std::string_view layer;   ///< its class
    std::vector<Index> shape; ///< of the weights, in the framework's order; empty: no such layer
    std::optional<Fans> fans; ///< nothing where there is no such layer
    std::string difference; ///< one clause, how they differ from the connections; empty: they don't
};

struct FanReport {
    Fans connections;
    std::vector<FrameworkFans> frameworks;
};

/// The fans of a layer and what PyTorch 2, Keras 3 (TensorFlow) and Flax (JAX) take them to be
/// (torch.nn.init._calculate_fan_in_and_fan_out, keras compute_fans, jax.nn.initializers). Names
/// the problem where there is no such layer.
Result<FanReport> fansOf(const FanLayer& layer);

} // namespace initlens::initializers
