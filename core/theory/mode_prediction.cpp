#include "core/theory/mode_prediction.h"

#include <cmath>
#include <numbers>

namespace initlens::theory {

namespace {

/// Shares of the variance over the taps of one axis.
std::vector<double> sharesOf(Index kernel, TapShares shares)
{
    const auto taps = static_cast<std::size_t>(kernel);
    std::vector<double> axis(taps, 0.0);
    switch (shares) {
    case TapShares::Centre:
        axis[(taps - 1) / 2] = 1;
        break;
    case TapShares::Equal:
        axis.assign(taps, 1 / static_cast<double>(kernel));
        break;
    case TapShares::Binomial:
        axis.front() = 1;
        for (std::size_t block = 1; block < taps; ++block) {
            for (std::size_t tap = block; tap > 0; --tap) {
                axis[tap] = (axis[tap] + axis[tap - 1]) / 2;
            }
            axis.front() /= 2;
        }
        break;
    }
    return axis;
}

/// The mean over the layers that pass something on; not-a-number where theory has no slopes.
double meanSlope(const std::vector<LayerPrediction>& layers, double LayerPrediction::*slope)
{
    double sum = 0;
    for (std::size_t i = 0; i + 1 < layers.size(); ++i) {
        sum += layers[i].*slope / static_cast<double>(layers.size() - 1);
    }
    return sum;
}

} // namespace

double kernelFactor(const network::Geometry& geometry, TapShares shares, Index wave)
{
    const auto axis = sharesOf(geometry.kernel, shares);
    const double theta =
        2 * std::numbers::pi * static_cast<double>(wave) / static_cast<double>(geometry.side);
    double factor = 0;
    for (std::size_t tap = 0; tap < axis.size(); ++tap) {
        const Index offset = static_cast<Index>(tap) - (geometry.kernel - 1) / 2;
        factor += axis[tap] * std::cos(theta * static_cast<double>(offset));
    }
    return factor;
}

ModePrediction predictModes(const NetworkLaw& law, const std::vector<LayerPrediction>& layers)
{
    ModePrediction prediction;
    if (law.structure.geometry.pixels() == 1 || layers.size() < 2) {
        return prediction;
    }
    const double length = meanSlope(layers, &LayerPrediction::lengthSlope);
    const double correlation = meanSlope(layers, &LayerPrediction::correlationSlope);
    for (Index wave = 1; wave <= law.structure.geometry.side / 2; ++wave) {
        const double factor = kernelFactor(law.structure.geometry, law.tapShares, wave);
        prediction.variance.push_back(length * factor);
        if (!std::isnan(correlation)) {
            prediction.correlation.push_back(correlation * factor);
        }
    }
    return prediction;
}

} // namespace initlens::theory
