#include "core/theory/network_law.h"

#include "core/theory/activation_moments.h"
#include "core/theory/edge_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

/// Weights that are scaled until the variance of what a layer puts out over the batch is 1: with
/// q = 1 in every layer all are alike. Nothing when theory cannot follow them, but the reason.
std::string fitToData(NetworkLaw& law, const network::NetworkSpec& spec)
{
    const auto [tolerance, iterations] = spec.initializer->calibration(spec.initializer.values);
    const ActivationMoments moments = activationMoments(law.phi, 1);
    const double unscaled = moments.secondMoment;
    if (!law.structure.isPlain()) {
        return fmt::format(
            "{} fits the weights of every layer to the data, which theory follows in "
            "plain dense stacks only",
            spec.initializer.id());
    }
    if (spec.biasStd != 0) {
        return fmt::format("{} fits the weights to the data beside biases, whose share of the "
                           "variance theory does not follow",
                           spec.initializer.id());
    }
    if (std::abs(unscaled - 1) < tolerance || !(unscaled > 0) || !std::isfinite(unscaled)) {
        return fmt::format("{} leaves layers alone whose variance is within {:g} of 1, which with "
                           "this activation it is until many layers have added up",
                           spec.initializer.id(), tolerance);
    }
    // V'(1): the mean over the batch is held at 1, the lengths of single samples are not.
    constexpr double settling = 1 + 1e-9;
    if (moments.secondMomentSlope / unscaled > settling) {
        return fmt::format("{} holds the mean of the samples' lengths, and with this activation "
                           "single ones drift away from it",
                           spec.initializer.id());
    }
    law.ensemble = Ensemble::Orthogonal;
    law.first = {.sigmaW2 = 1, .sigmaB2 = 0};
    law.hidden = {.sigmaW2 = 1 / unscaled, .sigmaB2 = 0};
    return {};
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
    if (spec.initializer->calibration != nullptr) {
        const std::string reason = fitToData(law, spec);
        return reason.empty() ? Result<NetworkLaw>(law) : Error(reason);
    }
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
