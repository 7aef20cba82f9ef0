#pragma once

#include "core/activations/activation.h"
#include "core/base/result.h"
#include "core/theory/activation_function.h"

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

namespace initlens::testing {

/// erf(sqrt(pi) h / 2), whose slope at zero is 1: no row of the table, but the one smooth
/// activation with closed forms.
inline theory::ActivationFunction scaledErf()
{
    theory::ActivationFunction function;
    function.evaluate = [](std::span<const double> h, std::span<double> value,
                           std::span<double> slope) {
        for (std::size_t i = 0; i < h.size(); ++i) {
            value[i] = std::erf(std::sqrt(std::numbers::pi) * h[i] / 2);
            slope[i] = std::exp(-std::numbers::pi * h[i] * h[i] / 4);
        }
    };
    return function;
}

/// The function of a row with its initial parameters, or scaledErf().
inline theory::ActivationFunction functionNamed(const std::string& id)
{
    if (id == "erf_scaled") {
        return scaledErf();
    }
    const auto choice =
        parseChoice(activations::Activation::table(), activations::Activation::kind, id);
    if (!choice) {
        throw std::invalid_argument(choice.error().message());
    }
    return theory::functionOf(*choice);
}

} // namespace initlens::testing
