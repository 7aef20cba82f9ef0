#pragma once

#include "core/activations/activation.h"

#include <functional>
#include <span>
#include <vector>

namespace initlens::theory {

/// An activation as theory sees it: value and slope at any point, and where the slope jumps.
/// Everything that theory says of an activation follows from these.
struct ActivationFunction {
    /// phi and phi' at every h. Part p of a unit with several outputs goes to [p * h.size() + i];
    /// `value` and `slope` have outputsPerUnit * h.size() elements.
    std::function<void(std::span<const double> h, std::span<double> value, std::span<double> slope)>
        evaluate;
    std::vector<double> kinks; ///< ascending
    int outputsPerUnit = 1;
    double largestSlope = 1; ///< sup |phi'|, for the saturated fraction
};

ActivationFunction functionOf(const activations::ActivationChoice& activation);

} // namespace initlens::theory
