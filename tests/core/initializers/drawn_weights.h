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

/// The weights that a choice draws; elements that it left out stay NaN.
template <class T = double>
Matrix<T> draw(const InitializerChoice& choice, const WeightShape& shape,
               const random::Stream& from = stream(), int threads = 1)
{
    Matrix<T> weights =
        Matrix<T>::Constant(shape.outputs, shape.inputs, std::numeric_limits<T>::quiet_NaN());
    const auto fill = [&] {
        choice->fill<T>(MatrixView<T>(weights.data(), shape.outputs, shape.inputs),
                        {.shape = shape, .params = choice.values, .stream = from}, Execution{});
    };
    Workers(threads).run(fill);
    return weights;
}

inline InitializerChoice chosen(std::string_view text)
{
    return *parseChoice(Initializer::table(), Initializer::kind, text);
}

inline std::string refusalOf(const InitializerChoice& choice, const WeightShape& shape)
{
    return choice->refusal == nullptr ? std::string() : choice->refusal(shape, choice.values);
}

inline std::string text(const WeightShape& shape)
{
    return std::to_string(shape.outputs) + " x " + std::to_string(shape.inputs) + " parts " +
           std::to_string(shape.inputParts);
}

} // namespace initlens::initializers::testing
