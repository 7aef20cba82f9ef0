#pragma once

#include "core/activations/activation.h"
#include "core/base/fields.h"
#include "core/initializers/initializer.h"
#include "core/network/architecture.h"

#include <cstdint>

namespace initlens::network {

/// The number format in which the passes run.
struct Precision {
    static constexpr std::string_view kind = "precision";
    static Table<Precision> table();

    RowHead head;
    int bytes = 4; ///< 4: float, 8: double
};

/// Everything that defines the random network itself.
struct NetworkSpec {
    ArchitectureChoice architecture;
    std::int64_t depth = 50;    ///< number of layers L
    std::int64_t width = 256;   ///< units of every layer; of convolutions the channels
    std::int64_t inputSize = 0; ///< rows of x_0; 0: as many as a layer has, or the data's own size
    activations::ActivationChoice activation;
    initializers::InitializerChoice initializer;
    double biasStd = 0; ///< standard deviation of the biases

    /// A plain ReLU stack with He's weights: every member has a valid value.
    NetworkSpec();
    friend bool operator==(const NetworkSpec&, const NetworkSpec&) = default;
};

inline constexpr std::int64_t largestDepth = 100'000;
inline constexpr std::int64_t largestWidth = 16'384;

/// What the spec's architecture is made of.
Structure structureOf(const NetworkSpec& spec);

/// Shape of layer `layer` (1 .. depth) of a network whose x_0 has `inputSize` rows.
initializers::WeightShape weightShape(const NetworkSpec& spec, Index inputSize, Index layer);

/// Rows of x^l at one pixel, l = 1 .. depth: width times the outputs per unit.
Index outputChannels(const NetworkSpec& spec);

/// Rows of x^l, l = 1 .. depth, over all pixels. Row c * pixels + p is channel c at pixel p.
Index outputSize(const NetworkSpec& spec);

/// Units of a layer over all pixels: rows of h^l.
Index unitCount(const NetworkSpec& spec);

/// The clause that says why x_0 cannot have `inputSize` rows with this architecture; empty when it
/// can.
std::string inputSizeRefusal(const NetworkSpec& spec, Index inputSize);

template <class Spec, class Visitor>
void networkFields(Spec& spec, Visitor&& visit)
{
    visit(FieldInfo{.key = "architecture",
                    .label = "Architecture",
                    .help = "How the layers are put together.",
                    .section = "Network"},
          spec.architecture);
    visit(FieldInfo{.key = "depth",
                    .label = "Depth",
                    .help = "Number of layers.",
                    .section = "Network",
                    .min = 1,
                    .max = static_cast<double>(largestDepth),
                    .slider = true},
          spec.depth);
    visit(FieldInfo{.key = "width",
                    .label = "Width",
                    .help = "Units in every layer; with convolutions the channels.",
                    .section = "Network",
                    .min = 1,
                    .max = static_cast<double>(largestWidth),
                    .slider = true},
          spec.width);
    visit(FieldInfo{.key = "input_size",
                    .label = "Input size",
                    .help = "Number of inputs; 0 takes the size of a layer, or that of the data.",
                    .section = "Network",
                    .min = 0,
                    .max = static_cast<double>(largestWidth)},
          spec.inputSize);
    visit(FieldInfo{.key = "activation",
                    .label = "Activation",
                    .help = "The function between the layers.",
                    .section = "Network"},
          spec.activation);
    visit(FieldInfo{.key = "initializer",
                    .label = "Initializer",
                    .help = "The rule for the initial weights.",
                    .section = "Network"},
          spec.initializer);
    visit(FieldInfo{.key = "bias_std",
                    .label = "Bias deviation",
                    .help = "Standard deviation of the normal biases.",
                    .section = "Network",
                    .min = 0,
                    .max = 1e6},
          spec.biasStd);
}

} // namespace initlens::network
