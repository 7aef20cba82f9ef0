#pragma once

#include "core/network/spec.h"
#include "core/propagation/network_source.h"
#include "core/spectrum/jacobian.h"

#include <vector>

namespace initlens::spectrum {

/// Whether the Jacobian of a network falls into blocks over the waves of its images: a stack of
/// convolutions with circular padding and a linear activation, whose weights have neither a pattern
/// nor a low rank. The gates of any other activation tell pixels apart.
bool fallsIntoWaves(const network::NetworkSpec& spec);

/// Number of the blocks, and how many channels' rows a block has: a wave and its opposite make one
/// real block of twice the channels. One tap is the same matrix for every wave: one block.
struct WaveBlocks {
    Index count = 1;
    Index rowsPerChannel = 1; ///< of the largest
};
WaveBlocks waveBlocks(const network::NetworkSpec& spec);

/// The blocks of such a network. In the basis of the waves e^{i theta p} the factor of a layer is
/// slope * sum_t W_t e^{i theta t}, t the offsets of the taps (Sedghi, Gupta and Long 2019).
/// `slopes[l - 1]` is phi' of layer l, the same at all its units. `source` must outlive the blocks.
/// T is the precision of the weights.
template <class T>
std::vector<JacobianBlock> fourierBlocks(propagation::NetworkSource<T>& source,
                                         const std::vector<double>& slopes);

} // namespace initlens::spectrum
