#pragma once

#include "core/experiment/run_spec.h"

#include <string>
#include <string_view>

namespace initlens::experiment {

/// What a network in one line says.
struct ShorthandReading {
    RunSpec spec;
    std::string leftOut; ///< what is written there but no part of a spec, a sentence; often empty
};

/// Reads a network in one line, words in any order, upper or lower case:
///
///     784-512x50-10 gelu he_normal bias_std=0.1 seed=3
///
/// - Sizes: `512x50` is 50 layers of 512 units, `784-512x50` with 784 inputs, `784-512-512-512` has
///   784 inputs and three layers. Without inputs the input size is left to the data. A last number
///   that differs from the width is an output layer: networks here have none, it is left out and
///   `leftOut` says so. Other layers of unequal width are an error.
/// - The id of an activation and of an initializer, with parameters: `leaky_relu:slope=0.2`.
/// - `key=value` for any field of the spec. Flags of a command line mean the same: `--depth 50`,
///   `initlens run --bias-std=0.1`.
///
/// What is not said stays as in `base`. The spec as a whole is not validated.
Result<ShorthandReading> specFromShorthand(std::string_view text, const RunSpec& base);

/// The line for a spec: sizes, activation, initializer, and every other field that differs from its
/// default. Over a default spec it reads back as the same spec.
std::string shorthandOf(const RunSpec& spec);

} // namespace initlens::experiment
