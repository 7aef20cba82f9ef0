#include "core/theory/activation_function.h"

#include <algorithm>

namespace initlens::theory {

ActivationFunction functionOf(const activations::ActivationChoice& activation)
{
    ActivationFunction function;
    function.evaluate = [activation](std::span<const double> h, std::span<double> value,
                                     std::span<double> slope) {
        const auto count = static_cast<Index>(h.size());
        activation->evaluateDouble(h.data(), value.data(), slope.data(), count, count,
                                   activation.values.data());
    };
    function.kinks.assign(activation->kinks.begin(), activation->kinks.end());
    std::sort(function.kinks.begin(), function.kinks.end());
    function.outputsPerUnit = activation->outputsPerUnit;
    function.largestSlope = activations::largestSlope(activation);
    return function;
}

} // namespace initlens::theory
