#include "core/code/kernel_steps.h"
#include "core/code/python_text.h"
#include "core/code/rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace initlens::code {

using namespace initializers;

namespace {

/// Lines that leave the weights in `weights`: outputs come first, as in PyTorch.
struct Weights {
    const CodedLayer& layer;

    [[nodiscard]] std::string matrix() const { return tuple({layer.outputs, layer.columns()}); }
    [[nodiscard]] std::string kernel() const
    {
        return tuple({layer.outputs, layer.inputs, layer.kernel, layer.kernel});
    }
    /// Of what is drawn element by element.
    [[nodiscard]] std::string shape() const
    {
        return layer.convolution && !layer.atCentre() ? kernel() : matrix();
    }

    Lines operator()(const EqualElements& law) const
    {
        return {law.value == 0
                    ? fmt::format("weights = np.zeros({})", shape())
                    : fmt::format("weights = np.full({}, {})", shape(), number(law.value))};
    }
    Lines operator()(const NormalElements& law) const
    {
        return {fmt::format("weights = rng.normal({}, {}, {})", number(law.mean),
                            number(law.deviation), shape())};
    }
    Lines operator()(const TruncatedNormalElements& law) const
    {
        return {fmt::format("mean, std, low, high = {}, {}, {}, {}", number(law.mean),
                            number(law.deviation), number(law.low), number(law.high)),
                fmt::format("weights = rng.normal(mean, std, {})", shape()),
                "while (outside := (weights < low) | (weights > high)).any():",
                "    weights[outside] = rng.normal(mean, std, outside.sum())"};
    }
    Lines operator()(const UniformElements& law) const
    {
        return {fmt::format("weights = rng.uniform({}, {}, {})", number(law.low), number(law.high),
                            shape())};
    }
    Lines operator()(const SparseElements& law) const
    {
        const int axis = law.each == SparseElements::Each::Row ? 1 : 0;
        return {fmt::format("order = rng.random({}).argsort(axis={})", matrix(), axis),
                fmt::format("weights = {}rng.standard_normal({}) * (order < {})",
                            factor(law.deviation), matrix(), law.kept)};
    }
    Lines operator()(const OrthogonalMatrix& law) const
    {
        const Index columns = law.mirrored ? layer.columns() / 2 : layer.columns();
        const auto [shorter, longer] = std::minmax(layer.outputs, columns);
        Lines lines = {
            fmt::format("q, r = np.linalg.qr(rng.standard_normal({}))", tuple({longer, shorter})),
            "q *= np.sign(np.diag(r))  # without it Q is not uniformly distributed",
            fmt::format("{} = {}{}", law.mirrored ? "half" : "weights", factor(law.gain),
                        layer.outputs < columns ? "q.T" : "q")};
        if (law.mirrored) {
            lines.emplace_back("weights = np.concatenate([half, -half], axis=1)");
        }
        return lines;
    }
    Lines operator()(const OrthogonalKernel& law) const
    {
        Lines lines = {"def orthonormal(rows, columns):",
                       "    q, r = np.linalg.qr(rng.standard_normal((rows, columns)))",
                       "    return q * np.sign(np.diag(r))", ""};
        append(lines, kernelSteps(
                          layer, law.gain,
                          {.first = fmt::format("orthonormal({}, {})", layer.outputs, layer.inputs),
                           .basis = fmt::format("orthonormal({0}, {0})", layer.outputs),
                           .coins = fmt::format("rng.integers(2, size={})", layer.outputs),
                           .kept = "basis @ (basis.T @ kernel)",
                           .zerosLike = "np.zeros_like",
                           .concatenate = "np.concatenate"}));
        lines.emplace_back("weights = kernel.transpose(2, 3, 0, 1)");
        return lines;
    }
    Lines operator()(const DiagonalMatrix& law) const
    {
        const std::string block =
            fmt::format("np.eye({}, {})", layer.outputs / law.groups, layer.columns());
        return {fmt::format(
            "weights = {}{}", factor(law.value),
            law.groups == 1 ? block : fmt::format("np.tile({}, ({}, 1))", block, law.groups))};
    }
    Lines operator()(const HadamardMatrix& law) const
    {
        return {"hadamard = np.ones((1, 1))", fmt::format("for _ in range({}):", law.doublings),
                "    hadamard = np.kron([[1, 1], [1, -1]], hadamard)",
                fmt::format("weights = {}hadamard[:{}, :{}]", factor(law.factor), layer.outputs,
                            layer.columns())};
    }
};

struct Biases {
    Index count = 1;

    std::string operator()(const EqualElements& law) const
    {
        return law.value == 0 ? fmt::format("np.zeros({})", count)
                              : fmt::format("np.full({}, {})", count, number(law.value));
    }
    std::string operator()(const NormalElements& law) const
    {
        return fmt::format("rng.normal({}, {}, {})", number(law.mean), number(law.deviation),
                           count);
    }
    std::string operator()(const UniformElements& law) const
    {
        return fmt::format("rng.uniform({}, {}, {})", number(law.low), number(law.high), count);
    }
};

std::string write(const CodedLayer& layer)
{
    const Weights weights{layer};
    Lines body = std::visit(weights, layer.weights);
    std::string result = "weights";
    if (layer.atCentre()) {
        body.push_back(fmt::format("kernel = np.zeros({})", weights.kernel()));
        body.push_back(fmt::format("kernel[:, :, {0}, {0}] = weights", layer.centre()));
        result = "kernel";
    } else if (layer.convolution && isMatrixLaw(layer.weights)) {
        body.push_back(fmt::format("weights = weights.reshape({})", weights.kernel()));
    }
    body.push_back(fmt::format("bias = {}", std::visit(Biases{layer.outputs}, layer.biases)));
    body.push_back(fmt::format("return {}, bias", result));

    Lines lines = {"import numpy as np", "", ""};
    append(lines, comment(layer.notes));
    lines.push_back(fmt::format("def {}(rng):", layer.name));
    append(lines, indented(body));
    append(lines, {"", "", fmt::format("weights, bias = {}(np.random.default_rng())", layer.name)});
    return text(lines);
}

} // namespace

constinit const Framework numpyRow = {
    .head = {.id = "numpy",
             .label = "NumPy",
             .formula = "(outputs, inputs); kernels (outputs, inputs, height, width)",
             .source = "NumPy 1.24, random.Generator",
             .help = "A function of a random generator that returns weights and biases."},
    .write = &write};

} // namespace initlens::code
