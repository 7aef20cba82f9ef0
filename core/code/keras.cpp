#include "core/code/kernel_steps.h"
#include "core/code/python_text.h"
#include "core/code/rows.h"

#include <fmt/format.h>

#include <cmath>

namespace initlens::code {

using namespace initializers;

namespace {

/// Lines that leave the weights in `weights`: inputs come before outputs. They draw by keras.random
/// and not by an initializer's object, which would give every layer of one shape the same weights.
struct Weights {
    const CodedLayer& layer;

    [[nodiscard]] std::string matrix() const { return tuple({layer.columns(), layer.outputs}); }
    /// Of what is drawn element by element.
    [[nodiscard]] std::string_view shape() const
    {
        return layer.atCentre() ? "shape[-2:]" : "shape";
    }

    Lines operator()(const EqualElements& law) const
    {
        return {law.value == 0 ? fmt::format("weights = ops.zeros({}, dtype=dtype)", shape())
                               : fmt::format("weights = ops.full({}, {}, dtype=dtype)", shape(),
                                             number(law.value))};
    }
    Lines operator()(const NormalElements& law) const
    {
        return {fmt::format("weights = keras.random.normal({}, {}, {}, dtype=dtype)", shape(),
                            number(law.mean), number(law.deviation))};
    }
    Lines operator()(const TruncatedNormalElements& law) const
    {
        const double low = (law.low - law.mean) / law.deviation;
        const double high = (law.high - law.mean) / law.deviation;
        constexpr double rounding = 1e-9;
        if (std::abs(low + 2) < rounding && std::abs(high - 2) < rounding) {
            return {fmt::format("weights = keras.random.truncated_normal({}, {}, {}, dtype=dtype)",
                                shape(), number(law.mean), number(law.deviation))};
        }
        // Keras truncates at two deviations only.
        const auto erf = [](double z) {
            return number(std::erf(z / std::sqrt(2.0)));
        };
        return {"# The inverse of the distribution function, between its values at the limits.",
                fmt::format("u = keras.random.uniform({}, {}, {}, dtype=dtype)", shape(), erf(low),
                            erf(high)),
                fmt::format("weights = ops.clip({}{} * ops.erfinv(u), {}, {})", summand(law.mean),
                            number(law.deviation * std::sqrt(2.0)), number(law.low),
                            number(law.high))};
    }
    Lines operator()(const UniformElements& law) const
    {
        return {fmt::format("weights = keras.random.uniform({}, {}, {}, dtype=dtype)", shape(),
                            number(law.low), number(law.high))};
    }
    Lines operator()(const SparseElements& law) const
    {
        const int axis = law.each == SparseElements::Each::Row ? 0 : 1;
        return {
            fmt::format("order = ops.argsort(keras.random.uniform({}), axis={})", matrix(), axis),
            fmt::format("weights = keras.random.normal({}, 0.0, {}, dtype=dtype)", matrix(),
                        number(law.deviation)),
            fmt::format("weights = ops.where(order < {}, weights, ops.zeros_like(weights))",
                        law.kept)};
    }
    Lines operator()(const OrthogonalMatrix& law) const
    {
        const std::string orthogonal =
            fmt::format("keras.initializers.Orthogonal({})",
                        law.gain == 1 ? std::string() : fmt::format("gain={}", number(law.gain)));
        if (law.mirrored) {
            return {fmt::format("half = {}({}, dtype)", orthogonal,
                                tuple({layer.columns() / 2, layer.outputs})),
                    "weights = ops.concatenate([half, -half], axis=0)"};
        }
        return {fmt::format("weights = {}({}, dtype)", orthogonal, matrix())};
    }
    Lines operator()(const OrthogonalKernel& law) const
    {
        const auto orthonormal = [](Index rows, Index columns) {
            return fmt::format("keras.initializers.Orthogonal()({}, dtype)",
                               tuple({rows, columns}));
        };
        Lines lines = kernelSteps(
            layer, law.gain,
            {.first = orthonormal(layer.outputs, layer.inputs),
             .basis = orthonormal(layer.outputs, layer.outputs),
             .coins = fmt::format("ops.floor(2 * keras.random.uniform(({},), dtype=dtype))",
                                  layer.outputs),
             .kept = "ops.einsum(\"ik,jk,hwjc->hwic\", basis, basis, kernel)",
             .zerosLike = "ops.zeros_like",
             .concatenate = "ops.concatenate"});
        lines.emplace_back("weights = ops.transpose(kernel, (0, 1, 3, 2))");
        return lines;
    }
    Lines operator()(const DiagonalMatrix& law) const
    {
        const std::string block = fmt::format("ops.eye({}, {}, dtype=dtype)", layer.columns(),
                                              layer.outputs / law.groups);
        return {fmt::format(
            "weights = {}{}", factor(law.value),
            law.groups == 1 ? block : fmt::format("ops.tile({}, (1, {}))", block, law.groups))};
    }
    Lines operator()(const HadamardMatrix& law) const
    {
        return {"hadamard = ops.ones((1, 1), dtype=dtype)",
                fmt::format("for _ in range({}):", law.doublings),
                "    top = ops.concatenate([hadamard, hadamard], axis=1)",
                "    bottom = ops.concatenate([hadamard, -hadamard], axis=1)",
                "    hadamard = ops.concatenate([top, bottom], axis=0)",
                fmt::format("weights = {}hadamard[:{}, :{}]", factor(law.factor), layer.columns(),
                            layer.outputs)};
    }
};

Lines placed(const CodedLayer& layer)
{
    Lines body = std::visit(Weights{layer}, layer.weights);
    if (layer.atCentre()) {
        const std::string around =
            fmt::format("({}, {})", layer.centre(), layer.kernel - 1 - layer.centre());
        body.push_back(fmt::format("return ops.pad(weights[None, None], ({0}, {0}, (0, 0), "
                                   "(0, 0)))",
                                   around));
        return body;
    }
    if (layer.convolution && isMatrixLaw(layer.weights)) {
        body.emplace_back("weights = ops.reshape(weights, shape)");
    }
    return returning(std::move(body), "weights");
}

struct Biases {
    std::string operator()(const EqualElements& law) const
    {
        return law.value == 0 ? std::string("\"zeros\"")
                              : fmt::format("keras.initializers.Constant({})", number(law.value));
    }
    std::string operator()(const NormalElements& law) const
    {
        return fmt::format("keras.initializers.RandomNormal({}, {})", number(law.mean),
                           number(law.deviation));
    }
    std::string operator()(const UniformElements& law) const
    {
        return fmt::format("keras.initializers.RandomUniform({}, {})", number(law.low),
                           number(law.high));
    }
};

std::string write(const CodedLayer& layer)
{
    const Lines body = placed(layer);
    Lines lines = {"import keras"};
    if (text(body).find("ops.") != std::string::npos) {
        lines.emplace_back("from keras import ops");
    }
    append(lines, {"", ""});
    append(lines, comment(layer.notes));
    lines.push_back(fmt::format("def {}(shape, dtype=None):", layer.name));
    append(lines, indented(body));
    const std::string size =
        layer.convolution ? fmt::format("{}, {}, padding=\"same\"", layer.outputs, layer.kernel)
                          : fmt::format("{}", layer.outputs);
    append(lines, {"", ""});
    if (layer.convolution && layer.circular) {
        lines.emplace_back("# Keras pads with zeros; the network in InitLens pads circularly.");
    }
    append(lines,
           {fmt::format("layer = keras.layers.{}(", layer.convolution ? "Conv2D" : "Dense"),
            fmt::format("    {},", size), fmt::format("    kernel_initializer={},", layer.name),
            fmt::format("    bias_initializer={},", std::visit(Biases{}, layer.biases)), ")"});
    return text(lines);
}

} // namespace

constinit const Framework kerasRow = {
    .head = {.id = "keras",
             .label = "Keras 3",
             .formula = "(inputs, outputs); kernels (height, width, inputs, outputs)",
             .source = "Keras 3 random, ops and initializers",
             .help = "A function of a shape and a number format that a layer calls."},
    .write = &write};

} // namespace initlens::code
