#pragma once

#include "core/base/execution.h"
#include "core/theory/network_law.h"

#include <limits>
#include <vector>

namespace initlens::theory {

/// What theory must know of the inputs x_0.
struct InputLaw {
    /// Mean squares of the elements of the samples, as representatives of equally many samples
    /// each; one where all samples are about equally long.
    std::vector<double> meanSquares = {1};
    double mean = 0; ///< of all elements
    /// Mean cosine of two different samples.
    double correlation = 0;
    /// Cosine of the two inputs of a pair; not-a-number without pairs.
    double pairCorrelation = std::numeric_limits<double>::quiet_NaN();
    /// All samples are sent back with the same v, so that their weight gradients add up as far as
    /// they are alike, which theory does not follow for more than two of them.
    bool oneCotangent = false;
    std::int64_t batch = 1;
};

/// What an infinitely wide network has at one layer; members are those of
/// propagation::LayerStatistics, and not-a-number where theory has no value. Means of squares are
/// means over random weights, so logarithms are those of the mean.
struct LayerPrediction {
    std::int64_t layer = 0;
    double log10PreactivationMeanSquare = 0;
    double activationMean = 0;
    double log10ActivationMeanSquare = 0;
    double log10ActivationVariance = 0;
    double deadFraction = 0;
    double saturatedFraction = 0;
    double pairCosine = std::numeric_limits<double>::quiet_NaN();
    double pairGradientCosine = std::numeric_limits<double>::quiet_NaN();
    double log10GradientNorm = 0;
    double log10WeightGradientNorm = 0;
    double slopeSecondMoment = 0; ///< E[phi'^2] over the outputs of a unit
    /// Slopes of the maps from this layer to the next one: of q, and of the correlation of a pair.
    double lengthSlope = std::numeric_limits<double>::quiet_NaN();
    double correlationSlope = std::numeric_limits<double>::quiet_NaN();

    /// Standard deviations of natural logarithms at one input over networks of the law's width: of
    /// q, of the mean of x^2 and of the squared gradient norm.
    double logPreactivationDeviation = 0;
    double logActivationDeviation = 0;
    double logGradientDeviation = 0;
};

struct Band {
    double low = 0;
    double high = 0;
};

/// One standard deviation around the typical value of log10 X^power, where the mean of X has the
/// logarithm `log10Mean` / power and ln X is about normal with that deviation: the median of X is
/// less than its mean.
Band logNormalBand(double log10Mean, double logDeviation, double power);

/// Predictions for layers 1 .. L (Poole et al. 2016; Schoenholz et al. 2017; finite width after
/// Hanin and Nica 2020). Empty after a stop request.
///
/// Lengths: q' = sigma_w^2 E_q[phi^2] + sigma_b^2. Gradients: a cotangent of unit variance over the
/// outputs gives E|delta^L|^2 = E[phi'^2], and one layer back multiplies by chi_1(q^l).
/// Deviations: v' = V'(q)^2 v + (fluctuation of one layer) / N in the variance v of q.
std::vector<LayerPrediction> predictLayers(const NetworkLaw& law, const InputLaw& input,
                                           const Execution& execution);

} // namespace initlens::theory
