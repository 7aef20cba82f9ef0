#pragma once

#include "core/code/coded_layer.h"
#include "core/code/python_text.h"

#include <string>

namespace initlens::code {

/// The words in which a framework builds a convolution that keeps every length.
struct KernelWords {
    std::string first = {}; ///< a random matrix (outputs x inputs) with orthonormal columns
    std::string basis = {}; ///< a random orthonormal basis of the outputs
    std::string coins = {}; ///< zero or one with equal chance for each of its vectors
    std::string kept = {};  ///< the projection of `kernel` (height, width, out, in) on `basis`
    std::string zerosLike = {};
    std::string concatenate = {};
};

/// Lines that leave the kernel (height, width, outputs, inputs) in `kernel`: block by block, after
/// Xiao et al. 2018, algorithm 2.
Lines kernelSteps(const CodedLayer& layer, double gain, const KernelWords& words);

} // namespace initlens::code
