#pragma once

#include "core/base/result.h"
#include "core/network/spec.h"
#include "core/theory/activation_function.h"
#include "core/theory/correlation_map.h"
#include "core/theory/ensemble.h"

#include <cstdint>

namespace initlens::theory {

/// How the variance of a kernel is shared out over its taps along each axis: all of it in the
/// middle; equally; as k - 1 products of two taps of equal shares leave it (block projectors).
enum class TapShares { Centre, Equal, Binomial };

/// What theory takes a network to be: layers of random weights with the variances of `first` and
/// `hidden`, wide enough for the central limit theorem.
struct NetworkLaw {
    ActivationFunction phi;
    LayerLaw first;  ///< of layer 1, whose fan-in is the number of inputs
    LayerLaw hidden; ///< of layers 2 .. L
    Ensemble ensemble = Ensemble::Gaussian;
    /// [W', -W'] behind a concatenated rectifier: the pre-activations go through an exactly linear
    /// network of weights W', while activations are those of the rectifier (Balduzzi et al. 2017).
    bool looksLinear = false;
    /// Whether the weights act as their ensemble in space too: dense layers, independent kernels,
    /// and kernels of one tap. A flattened orthogonal kernel is no orthogonal convolution.
    bool ensembleHoldsInSpace = true;
    TapShares tapShares = TapShares::Equal;
    network::Structure structure = {};
    std::int64_t depth = 1;
    std::int64_t width = 1;      ///< units of a layer; channels of a convolution
    std::int64_t inputSize = 1;  ///< rows of x_0, over all pixels
    std::int64_t firstFanIn = 1; ///< numbers that a unit of layer 1 reads
    std::int64_t fanIn = 1;      ///< of a unit of another layer
};

/// The function that carries pre-activations from layer to layer: phi, or the identity in a network
/// that looks linear.
ActivationFunction propagated(const NetworkLaw& law);

/// The law of a valid spec whose x_0 has `inputSize` rows, or one clause that says why there is no
/// prediction: weights with a mean or with a pattern; layers that are not alike; images with an
/// edge. Weights that are fitted to the data (lsuv) are those for inputs of mean square one.
Result<NetworkLaw> networkLaw(const network::NetworkSpec& spec, Index inputSize);

} // namespace initlens::theory
