#include "core/theory/network_law.h"

#include "core/theory/edge_weights.h"

#include <fmt/format.h>

#include <algorithm>

namespace initlens::theory {

namespace {

using initializers::Initializer;
using initializers::WeightShape;

/// A non-zero mean acts as one more, rank-one matrix, which multiplies the mean of a layer's
/// inputs.
std::string meanReason(double mean, double fanIn)
{
    return fmt::format("the weights have the mean {:.3g}, not 0: each layer multiplies the mean of "
                       "its inputs by fan-in x mean = {:.4g} (a matrix of rank one), which "
                       "mean-field theory does not follow",
                       mean, fanIn * mean);
}

std::string structureReason(const network::NetworkSpec& spec, const WeightShape& shape)
{
    const Initializer& row = *spec.initializer.row;
    if (!row.structure.empty()) {
        return std::string(row.structure);
    }
    const auto moments = row.moments(shape, spec.initializer.values);
    return moments && moments->mean != 0
               ? meanReason(moments->mean, static_cast<double>(shape.fanIn()))
               : std::string("all weights are zero");
}

double biasVariance(const network::NetworkSpec& spec, const WeightShape& shape)
{
    const auto own = spec.initializer->ownBias == nullptr
                         ? std::nullopt
                         : spec.initializer->ownBias(shape, spec.initializer.values);
    return own ? own->uniformLimit * own->uniformLimit / 3 : spec.biasStd * spec.biasStd;
}

Result<LayerLaw> layerLaw(const network::NetworkSpec& spec, const WeightShape& shape)
{
    const auto moments = spec.initializer->moments(shape, spec.initializer.values);
    const auto fanIn = static_cast<double>(shape.fanIn());
    if (!moments) {
        return Error(fmt::format("{} fits the weights to the data", spec.initializer.id()));
    }
    if (moments->mean != 0) {
        return Error(meanReason(moments->mean, fanIn));
    }
    return LayerLaw{.sigmaW2 = fanIn * moments->variance, .sigmaB2 = biasVariance(spec, shape)};
}

} // namespace

ActivationFunction propagated(const NetworkLaw& law)
{
    if (!law.looksLinear) {
        return law.phi;
    }
    ActivationFunction identity;
    identity.evaluate = [](std::span<const double> h, std::span<double> value,
                           std::span<double> slope) {
        std::copy(h.begin(), h.end(), value.begin());
        std::fill(slope.begin(), slope.end(), 1.0);
    };
    return identity;
}

Result<NetworkLaw> networkLaw(const network::NetworkSpec& asked, Index inputSize)
{
    const auto drawn = withEdgeWeights(asked);
    if (!drawn) {
        return drawn.error();
    }
    const network::NetworkSpec& spec = *drawn;
    NetworkLaw law;
    law.structure = network::structureOf(spec);
    law.phi = functionOf(spec.activation);
    law.depth = spec.depth;
    law.width = spec.width;
    law.inputSize = inputSize;
    law.firstFanIn = network::weightShape(spec, inputSize, 1).fanIn();
    law.fanIn = network::weightShape(spec, inputSize, 2).fanIn();
    law.looksLinear = spec.initializer->needsConcatenatedRectifier;
    const auto ensemble = spec.initializer->ensemble;
    if (ensemble == initializers::Ensemble::Structured) {
        return Error(structureReason(spec, network::weightShape(spec, inputSize, 2)));
    }
    law.ensemble =
        ensemble == initializers::Ensemble::Orthogonal ? Ensemble::Orthogonal : Ensemble::Gaussian;
    const bool oneTap = spec.initializer->centreTapOnly || law.structure.geometry.taps() == 1;
    law.ensembleHoldsInSpace =
        oneTap || law.ensemble == Ensemble::Gaussian || spec.initializer->isometricKernel;
    law.tapShares = oneTap                              ? TapShares::Centre
                    : spec.initializer->isometricKernel ? TapShares::Binomial
                                                        : TapShares::Equal;
    if (law.structure.geometry.padding == network::Geometry::Padding::Zero && !oneTap) {
        return Error("with zero padding the pixels at the edge read fewer numbers than the others");
    }
    if (law.looksLinear && !law.structure.skip.isNone()) {
        return Error("looks-linear weights look linear in a stack without skip connections only");
    }
    const auto first = layerLaw(spec, network::weightShape(spec, inputSize, 1));
    const auto hidden = layerLaw(spec, network::weightShape(spec, inputSize, 2));
    if (!first) {
        return first.error();
    }
    if (!hidden) {
        return hidden.error();
    }
    law.first = *first;
    law.hidden = *hidden;
    if (law.looksLinear) {
        // fan_in x variance counts both halves, each of which carries the whole of W'.
        law.hidden.sigmaW2 /= 2;
    }
    return law;
}

} // namespace initlens::theory
