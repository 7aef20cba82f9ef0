#pragma once

#include "core/activations/activation.h"
#include "core/base/fields.h"
#include "core/initializers/initializer.h"

#include <cstdint>

namespace initlens::network {

/// How layers are put together. The plain stack is the first of them.
struct Architecture {
    static constexpr std::string_view kind = "architecture";
    static Table<Architecture> table();

    RowHead head;
};

/// The number format in which the passes run.
struct Precision {
    static constexpr std::string_view kind = "precision";
    static Table<Precision> table();

    RowHead head;
    int bytes = 4; ///< 4: float, 8: double
};

/// Everything that defines the random network itself.
struct NetworkSpec {
    Choice<Architecture> architecture;
    std::int64_t depth = 50;    ///< number of layers L
    std::int64_t width = 256;   ///< units of every layer
    std::int64_t inputSize = 0; ///< rows of x_0; 0: the width, or the data's own size
    activations::ActivationChoice activation;
    initializers::InitializerChoice initializer;
    double biasStd = 0; ///< standard deviation of the biases

    /// A plain ReLU stack with He's weights: every member has a valid value.
    NetworkSpec();
    friend bool operator==(const NetworkSpec&, const NetworkSpec&) = default;
};

inline constexpr std::int64_t largestDepth = 100'000;
inline constexpr std::int64_t largestWidth = 16'384;

/// Shape of layer `layer` (1 .. depth) of a network whose x_0 has `inputSize` rows.
initializers::WeightShape weightShape(const NetworkSpec& spec, Index inputSize, Index layer);

/// Rows of x^l, l = 1 .. depth: width times the outputs per unit.
Index outputSize(const NetworkSpec& spec);

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
                    .help = "Units in every layer.",
                    .section = "Network",
                    .min = 1,
                    .max = static_cast<double>(largestWidth),
                    .slider = true},
          spec.width);
    visit(FieldInfo{.key = "input_size",
                    .label = "Input size",
                    .help = "Number of inputs; 0 takes the width, or the size of the data.",
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
