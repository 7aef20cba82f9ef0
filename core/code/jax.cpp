#include "core/code/kernel_steps.h"
#include "core/code/python_text.h"
#include "core/code/rows.h"

#include <fmt/format.h>

namespace initlens::code {

using namespace initializers;

namespace {

// Values drawn with `key` in an array of this shape, for weights and biases.
std::string drawn(const EqualElements& law, std::string_view shape)
{
    return law.value == 0 ? fmt::format("jnp.zeros({}, dtype)", shape)
                          : fmt::format("jnp.full({}, {}, dtype)", shape, number(law.value));
}

std::string drawn(const NormalElements& law, std::string_view shape)
{
    return fmt::format("{}{}jax.random.normal(key, {}, dtype)", summand(law.mean),
                       factor(law.deviation), shape);
}

std::string drawn(const TruncatedNormalElements& law, std::string_view shape)
{
    return fmt::format("{}{}jax.random.truncated_normal(key, {}, {}, {}, dtype)", summand(law.mean),
                       factor(law.deviation), number((law.low - law.mean) / law.deviation),
                       number((law.high - law.mean) / law.deviation), shape);
}

std::string drawn(const UniformElements& law, std::string_view shape)
{
    return fmt::format("jax.random.uniform(key, {}, dtype, {}, {})", shape, number(law.low),
                       number(law.high));
}

/// Lines that leave the weights in `weights`: inputs come before outputs.
struct Weights {
    const CodedLayer& layer;

    [[nodiscard]] std::string matrix() const { return tuple({layer.columns(), layer.outputs}); }

    template <class ElementLaw>
    Lines operator()(const ElementLaw& law) const
    {
        return {fmt::format("weights = {}", drawn(law, layer.atCentre() ? "shape[-2:]" : "shape"))};
    }
    Lines operator()(const SparseElements& law) const
    {
        const int axis = law.each == SparseElements::Each::Row ? 0 : 1;
        return {
            "key, places = jax.random.split(key)",
            fmt::format("order = jax.random.uniform(places, {}).argsort(axis={})", matrix(), axis),
            fmt::format("weights = {}jax.random.normal(key, {}, dtype) * (order < {})",
                        factor(law.deviation), matrix(), law.kept)};
    }
    Lines operator()(const OrthogonalMatrix& law) const
    {
        const std::string orthogonal = fmt::format("jax.nn.initializers.orthogonal({})",
                                                   law.gain == 1 ? "" : number(law.gain));
        if (law.mirrored) {
            return {fmt::format("half = {}(key, {}, dtype)", orthogonal,
                                tuple({layer.columns() / 2, layer.outputs})),
                    "weights = jnp.concatenate([half, -half], axis=0)"};
        }
        return {fmt::format("weights = {}(key, {}, dtype)", orthogonal, matrix())};
    }
    Lines operator()(const OrthogonalKernel& law) const
    {
        Lines lines = {
            fmt::format("keys = iter(jax.random.split(key, {}))", 1 + 4 * (layer.kernel - 1)),
            "orthonormal = jax.nn.initializers.orthogonal()"};
        const auto orthonormal = [](Index rows, Index columns) {
            return fmt::format("orthonormal(next(keys), {}, dtype)", tuple({rows, columns}));
        };
        append(lines,
               kernelSteps(layer, law.gain,
                           {.first = orthonormal(layer.outputs, layer.inputs),
                            .basis = orthonormal(layer.outputs, layer.outputs),
                            .coins = fmt::format("jax.random.bernoulli(next(keys), 0.5, ({},))",
                                                 layer.outputs),
                            .kept = "basis @ (basis.T @ kernel)",
                            .zerosLike = "jnp.zeros_like",
                            .concatenate = "jnp.concatenate"}));
        lines.emplace_back("weights = kernel.transpose(0, 1, 3, 2)");
        return lines;
    }
    Lines operator()(const DiagonalMatrix& law) const
    {
        const std::string block = fmt::format("jnp.eye({}, {}, dtype=dtype)", layer.columns(),
                                              layer.outputs / law.groups);
        return {fmt::format(
            "weights = {}{}", factor(law.value),
            law.groups == 1 ? block : fmt::format("jnp.tile({}, (1, {}))", block, law.groups))};
    }
    Lines operator()(const HadamardMatrix& law) const
    {
        return {"hadamard = jnp.ones((1, 1), dtype)",
                fmt::format("for _ in range({}):", law.doublings),
                "    hadamard = jnp.kron(jnp.array([[1, 1], [1, -1]], dtype), hadamard)",
                fmt::format("weights = {}hadamard[:{}, :{}]", factor(law.factor), layer.columns(),
                            layer.outputs)};
    }
};

Lines placed(const CodedLayer& layer)
{
    Lines body = std::visit(Weights{layer}, layer.weights);
    if (layer.atCentre()) {
        body.push_back(fmt::format("return jnp.zeros(shape, dtype).at[{0}, {0}].set(weights)",
                                   layer.centre()));
        return body;
    }
    if (layer.convolution && isMatrixLaw(layer.weights)) {
        body.emplace_back("weights = weights.reshape(shape)");
    }
    return returning(std::move(body), "weights");
}

/// An initializer of Flax: a function of a key, a shape and a number format.
Lines function(std::string_view name, const Lines& body)
{
    Lines lines = {fmt::format("def {}(key, shape, dtype=jnp.float32):", name)};
    append(lines, indented(body));
    return lines;
}

std::string write(const CodedLayer& layer)
{
    const auto* equal = std::get_if<EqualElements>(&layer.biases);
    const bool unbiased = equal != nullptr && equal->value == 0;
    const std::string biasName =
        unbiased ? "jax.nn.initializers.zeros" : fmt::format("{}_bias", layer.name);
    Lines lines = {"import jax", "import jax.numpy as jnp", "from flax import nnx", "", ""};
    append(lines, comment(layer.notes));
    append(lines, function(layer.name, placed(layer)));
    if (!unbiased) {
        append(lines, {"", ""});
        append(lines,
               function(biasName,
                        {"return " + std::visit([](const auto& law) { return drawn(law, "shape"); },
                                                layer.biases)}));
    }
    const std::string size =
        layer.convolution
            ? fmt::format("{0}, {1}, ({2}, {2}), padding=\"{3}\"", layer.inputs, layer.outputs,
                          layer.kernel, layer.circular ? "CIRCULAR" : "SAME")
            : fmt::format("{}, {}", layer.inputs, layer.outputs);
    append(lines, {"", "", fmt::format("layer = nnx.{}(", layer.convolution ? "Conv" : "Linear"),
                   fmt::format("    {},", size), fmt::format("    kernel_init={},", layer.name),
                   fmt::format("    bias_init={},", biasName), "    rngs=nnx.Rngs(0),", ")"});
    return text(lines);
}

} // namespace

constinit const Framework jaxRow = {
    .head = {.id = "jax",
             .label = "JAX, Flax",
             .formula = "(inputs, outputs); kernels (height, width, inputs, outputs)",
             .source = "JAX 0.4 jax.random and jax.nn.initializers; Flax 0.10 nnx",
             .help = "Functions of a key, a shape and a number format, for flax.linen too."},
    .write = &write};

} // namespace initlens::code
