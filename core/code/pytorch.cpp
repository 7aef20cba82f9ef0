#include "core/code/kernel_steps.h"
#include "core/code/python_text.h"
#include "core/code/rows.h"

#include <fmt/format.h>

namespace initlens::code {

using namespace initializers;

namespace {

/// How weights come about: by one of torch's functions on a tensor, or by lines that leave them in
/// `weights`.
struct Drawn {
    std::string function = {};
    std::string arguments = {};
    Lines lines = {};

    [[nodiscard]] bool inPlace() const { return !function.empty(); }
    [[nodiscard]] std::string on(std::string_view tensor) const
    {
        return fmt::format("nn.init.{}({}{})", function, tensor, arguments);
    }
};

std::string meanArgument(double mean)
{
    return mean == 0 ? std::string() : fmt::format(", mean={}", number(mean));
}

// Laws of independent elements, which serve weights and biases.
Drawn drawn(const EqualElements& law)
{
    return law.value == 0 ? Drawn{.function = "zeros_"}
                          : Drawn{.function = "constant_",
                                  .arguments = fmt::format(", {}", number(law.value))};
}

Drawn drawn(const NormalElements& law)
{
    return {.function = "normal_",
            .arguments = fmt::format("{}, std={}", meanArgument(law.mean), number(law.deviation))};
}

Drawn drawn(const TruncatedNormalElements& law)
{
    return {.function = "trunc_normal_",
            .arguments = fmt::format("{}, std={}, a={}, b={}", meanArgument(law.mean),
                                     number(law.deviation), number(law.low), number(law.high))};
}

Drawn drawn(const UniformElements& law)
{
    return {.function = "uniform_",
            .arguments = fmt::format(", {}, {}", number(law.low), number(law.high))};
}

struct Weights {
    const CodedLayer& layer;

    /// "64, 576": of the matrix that a law is of.
    [[nodiscard]] std::string sizes() const
    {
        return fmt::format("{}, {}", layer.outputs, layer.columns());
    }

    template <class ElementLaw>
    Drawn operator()(const ElementLaw& law) const
    {
        return drawn(law);
    }
    Drawn operator()(const SparseElements& law) const
    {
        const int dimension = law.each == SparseElements::Each::Row ? 1 : 0;
        return {.lines = {fmt::format("order = torch.rand({}).argsort(dim={})", sizes(), dimension),
                          fmt::format("weights = {}torch.randn({}) * (order < {})",
                                      factor(law.deviation), sizes(), law.kept)}};
    }
    Drawn operator()(const OrthogonalMatrix& law) const
    {
        const Drawn orthogonal = {.function = "orthogonal_",
                                  .arguments = law.gain == 1
                                                   ? std::string()
                                                   : fmt::format(", gain={}", number(law.gain))};
        if (!law.mirrored) {
            return orthogonal;
        }
        const std::string empty =
            fmt::format("torch.empty({}, {})", layer.outputs, layer.columns() / 2);
        return {.lines = {fmt::format("half = {}", orthogonal.on(empty)),
                          "weights = torch.cat([half, -half], dim=1)"}};
    }
    Drawn operator()(const OrthogonalKernel& law) const
    {
        const auto orthonormal = [](Index rows, Index columns) {
            return fmt::format("nn.init.orthogonal_(torch.empty({}, {}))", rows, columns);
        };
        Lines lines = kernelSteps(layer, law.gain,
                                  {.first = orthonormal(layer.outputs, layer.inputs),
                                   .basis = orthonormal(layer.outputs, layer.outputs),
                                   .coins = fmt::format("torch.randint(2, ({},))", layer.outputs),
                                   .kept = "basis @ (basis.T @ kernel)",
                                   .zerosLike = "torch.zeros_like",
                                   .concatenate = "torch.cat"});
        lines.emplace_back("weights = kernel.permute(2, 3, 0, 1)");
        return {.lines = std::move(lines)};
    }
    Drawn operator()(const DiagonalMatrix& law) const
    {
        const std::string repeat =
            law.groups == 1 ? std::string() : fmt::format(".repeat({}, 1)", law.groups);
        return {.lines = {fmt::format("weights = {}torch.eye({}, {}){}", factor(law.value),
                                      layer.outputs / law.groups, layer.columns(), repeat)}};
    }
    Drawn operator()(const HadamardMatrix& law) const
    {
        return {.lines = {"hadamard = torch.ones(1, 1)",
                          fmt::format("for _ in range({}):", law.doublings),
                          "    hadamard = torch.kron(torch.tensor([[1.0, 1.0], [1.0, -1.0]]), "
                          "hadamard)",
                          fmt::format("weights = {}hadamard[:{}, :{}]", factor(law.factor),
                                      layer.outputs, layer.columns())}};
    }
};

/// Lines that put the weights into the layer.
Lines placed(const CodedLayer& layer, const Weights& weights)
{
    const Drawn drawn = std::visit(weights, layer.weights);
    Lines lines = drawn.lines;
    if (layer.atCentre()) {
        if (drawn.inPlace()) {
            lines.push_back(fmt::format("weights = {}",
                                        drawn.on(fmt::format("torch.empty({})", weights.sizes()))));
        }
        lines.emplace_back("layer.weight.zero_()");
        lines.push_back(fmt::format("layer.weight[:, :, {0}, {0}] = weights", layer.centre()));
    } else if (drawn.inPlace()) {
        lines.push_back(drawn.on("layer.weight"));
    } else {
        const bool flat = layer.convolution && isMatrixLaw(layer.weights);
        lines.push_back(
            fmt::format("layer.weight.copy_(weights{})", flat ? ".view_as(layer.weight)" : ""));
    }
    return lines;
}

std::string moduleOf(const CodedLayer& layer)
{
    if (!layer.convolution) {
        return fmt::format("nn.Linear({}, {})", layer.inputs, layer.outputs);
    }
    return fmt::format("nn.Conv2d({}, {}, {}, padding=\"same\"{})", layer.inputs, layer.outputs,
                       layer.kernel, layer.circular ? ", padding_mode=\"circular\"" : "");
}

std::string write(const CodedLayer& layer)
{
    Lines body = placed(layer, Weights{layer});
    body.push_back(
        std::visit([](const auto& law) { return drawn(law).on("layer.bias"); }, layer.biases));
    Lines lines = {"import torch", "from torch import nn", "", ""};
    append(lines, comment(layer.notes));
    append(lines, {"@torch.no_grad()", fmt::format("def {}(layer):", layer.name)});
    append(lines, indented(body));
    append(lines, {"", "", fmt::format("layer = {}", moduleOf(layer)),
                   fmt::format("{}(layer)", layer.name)});
    return text(lines);
}

} // namespace

constinit const Framework pytorchRow = {
    .head = {.id = "pytorch",
             .label = "PyTorch",
             .formula = "(outputs, inputs); kernels (outputs, inputs, height, width)",
             .source = "PyTorch 1.13 and 2, torch.nn.init",
             .help = "A function that fills the weights and biases of a layer."},
    .write = &write};

} // namespace initlens::code
