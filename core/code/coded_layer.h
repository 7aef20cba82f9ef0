#pragma once

#include "core/initializers/weight_law.h"

#include <string>
#include <variant>
#include <vector>

namespace initlens::code {

/// What the biases of a layer are.
using BiasLaw = std::variant<initializers::EqualElements, initializers::NormalElements,
                             initializers::UniformElements>;

/// One layer whose initialization is to be written down.
struct CodedLayer {
    std::string name = {};               ///< of the function
    std::vector<std::string> notes = {}; ///< sentences of the comment above it
    initializers::WeightLaw weights = {};
    BiasLaw biases = {};
    Index inputs = 1;  ///< channels of a convolution
    Index outputs = 1; ///< channels of a convolution
    Index kernel = 1;  ///< side of the square kernel
    bool convolution = false;
    bool circular = false;  ///< padding of a convolution: the opposite edge, else zeros
    bool centreTap = false; ///< `weights` is the law of the tap in the middle, the others are zero

    /// Whether the law is that of one tap of several.
    [[nodiscard]] bool atCentre() const { return convolution && centreTap; }
    /// Row and column of the tap in the middle.
    [[nodiscard]] Index centre() const { return (kernel - 1) / 2; }
    /// Inputs of a unit, of those taps that the law is of: columns of its matrix.
    [[nodiscard]] Index columns() const { return atCentre() ? inputs : inputs * kernel * kernel; }
};

/// Whether a law is written as a matrix (outputs x inputs) also where it fills a kernel, and not
/// element by element.
bool isMatrixLaw(const initializers::WeightLaw& law);

} // namespace initlens::code
