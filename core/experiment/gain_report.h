#pragma once

#include "core/activations/activation.h"
#include "core/base/execution.h"
#include "core/base/result.h"
#include "core/theory/edge_of_chaos.h"
#include "core/theory/gains.h"
#include "core/theory/mean_field.h"

#include <optional>
#include <string>
#include <vector>

namespace initlens::experiment {

/// What the gain workbench is asked: an activation, or a formula in x in its place.
struct GainRequest {
    activations::ActivationChoice activation = {}; ///< counts where `formula` is empty
    std::optional<std::string> formula = {};
    double q = 1;                      ///< variance of the pre-activations, 1e-12 to 1e12
    std::optional<double> sigmaW = {}; ///< sqrt(fan-in x Var(W)), up to 1e6; else the forward gain
    double biasStd = 0;                ///< standard deviation of the biases, up to 1e6

    friend bool operator==(const GainRequest&, const GainRequest&) = default;
};

/// A fixed point q = V(q) of the variance, and what becomes of gradients there.
struct GainFixedPoint {
    theory::FixedPoint point = {};
    double chi1 = 0; ///< sigma_w^2 E[phi'^2], the factor of squared gradients a layer
};

/// phi and phi' for a picture, over h from -curveReach to curveReach, a number an output of a unit
/// and point: part p of point i is at [p * h.size() + i].
struct GainCurve {
    std::vector<double> h = {};
    std::vector<double> value = {};
    std::vector<double> slope = {};
};
inline constexpr double curveReach = 4;

/// All that an activation says of its weights.
struct GainReport {
    GainRequest request = {};
    std::string name = {}; ///< the choice's text, or the formula
    theory::Gains gains = {};
    theory::LayerLaw law = {}; ///< sigma_w^2 and sigma_b^2 of the fixed points
    std::vector<GainFixedPoint> fixedPoints = {};
    bool conserved = false;                              ///< every q is a fixed point
    std::vector<theory::EdgePoint> edgeWithoutBias = {}; ///< all points with sigma_b^2 = 0
    std::vector<theory::EdgePoint> edge = {}; ///< at q* = 0.1, 1, 10, where there are any
    std::string whyNoEdge = {};
    bool isometryPossible = false;
    std::string isometry = {}; ///< a sentence
    std::optional<theory::LibraryGain> library = {};
    std::vector<std::string> notes = {}; ///< sentences on what to be careful with
    GainCurve curve = {};
};

/// Everything that is wrong with a request, a clause each; a formula is not tried.
Error validate(const GainRequest& request);

/// The report, on the calling thread, in some 10 to 60 ms. The error says what is wrong with the
/// request or the formula. After a stop request it returns within some 10 ms, with an error.
Result<GainReport> gainReport(const GainRequest& request, const Execution& execution);

} // namespace initlens::experiment
