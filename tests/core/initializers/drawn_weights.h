#pragma once

#include "core/base/parallel.h"
#include "core/initializers/initializer.h"

#include <limits>
#include <string>
#include <string_view>

namespace initlens::initializers::testing {

inline random::Stream stream(std::uint64_t seed = 5, std::uint32_t layer = 1,
                             std::uint32_t trial = 0)
{
    return {.seed = seed, .purpose = random::Purpose::Weights, .layer = layer, .trial = trial};
}

/// The tap that a kernel of one tap stands for.
inline Index centreTap(const WeightShape& shape)
{
    Index side = 1;
    while (side * side < shape.taps) {
        ++side;
    }
    return (side - 1) / 2 * (side + 1);
}

/// The weights that a choice draws, with the zeros of taps that are not stored; elements that it
/// left out stay NaN.
template <class T = double>
Matrix<T> draw(const InitializerChoice& choice, const WeightShape& shape,
               const random::Stream& from = stream(), int threads = 1)
{
    const WeightShape stored = storedShape(*choice.row, shape);
    Matrix<T> drawn =
        Matrix<T>::Constant(stored.outputs, stored.inputs, std::numeric_limits<T>::quiet_NaN());
    const auto fill = [&] {
        choice->fill<T>(MatrixView<T>(drawn.data(), stored.outputs, stored.inputs),
                        {.shape = shape, .params = choice.values, .stream = from}, Execution{});
    };
    Workers(threads).run(fill);
    if (stored == shape) {
        return drawn;
    }
    Matrix<T> kernel = Matrix<T>::Zero(shape.outputs, shape.inputs);
    kernel.middleCols(centreTap(shape) * shape.channels(), shape.channels()) = drawn;
    return kernel;
}

inline InitializerChoice chosen(std::string_view text)
{
    return *parseChoice(Initializer::table(), Initializer::kind, text);
}

inline std::string refusalOf(const InitializerChoice& choice, const WeightShape& shape)
{
    return choice->refusal == nullptr ? std::string() : choice->refusal(shape, choice.values);
}

/// The shape, in a residual block where the choice serves no other layer.
inline WeightShape served(const InitializerChoice& choice, WeightShape shape)
{
    WeightShape inBlock = shape;
    inBlock.place = WeightShape::Place::FirstLayer;
    inBlock.blocks = 8;
    const bool blocksOnly = !refusalOf(choice, shape).empty() && refusalOf(choice, inBlock).empty();
    return blocksOnly ? inBlock : shape;
}

inline std::string text(const WeightShape& shape)
{
    return std::to_string(shape.outputs) + " x " + std::to_string(shape.inputs) + " parts " +
           std::to_string(shape.inputParts) + " taps " + std::to_string(shape.taps) + " place " +
           std::to_string(static_cast<int>(shape.place));
}

} // namespace initlens::initializers::testing
