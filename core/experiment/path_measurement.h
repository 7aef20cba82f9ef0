#pragma once

#include "core/experiment/needs.h"
#include "core/propagation/forward.h"
#include "core/propagation/pixels.h"

#include <cmath>
#include <vector>

namespace initlens::experiment {

/// The gradients along the path of the inputs of `forward`; `gradients` (inputs x samples) are in
/// any unit, the result is in one of its own.
template <class T>
diagnostics::PathGradients pathGradients(std::vector<double> positions,
                                         const propagation::ForwardPass<T>& forward,
                                         Matrix<double> gradients)
{
    const Index last = gradients.cols() - 1;
    const auto input = [&](Index sample) {
        return propagation::fromPixelColumns(forward.activations(0), forward.pixels(), sample);
    };
    const Vector<double> direction =
        (input(last) - input(0)) / (positions.back() - positions.front());
    gradients /= std::sqrt(gradients.squaredNorm() / static_cast<double>(gradients.cols()));
    const Vector<double> slopes = gradients.transpose() * direction;
    return {.positions = std::move(positions),
            .gradients = std::move(gradients),
            .slopes = {slopes.begin(), slopes.end()}};
}

} // namespace initlens::experiment
