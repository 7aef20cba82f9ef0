#include "core/network/spec.h"

#include <array>

namespace initlens::network {

namespace {

constinit const Architecture plain = {
    .head = {.id = "plain",
             .label = "Plain stack",
             .formula = "h^l = W^l x^{l-1} + b^l, x^l = phi(h^l)",
             .source = "Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli 2016, equation 1",
             .help = "Fully connected layers, one after the other."}};

constinit const Precision single = {
    .head = {.id = "float32",
             .label = "32-bit",
             .help = "What most training runs in: overflows at 3e38, about 7 digits."},
    .bytes = 4};

constinit const Precision twofold = {
    .head = {.id = "float64", .label = "64-bit", .help = "Double precision: about 16 digits."},
    .bytes = 8};

} // namespace

Table<Architecture> Architecture::table()
{
    static constexpr std::array rows = {&plain};
    return rows;
}

Table<Precision> Precision::table()
{
    static constexpr std::array rows = {&single, &twofold};
    return rows;
}

NetworkSpec::NetworkSpec()
    : architecture(plain), activation(*activations::Activation::table().front()),
      initializer(*initializers::Initializer::table().front())
{
    // The best known pair; a table without it still gives a valid spec.
    if (const auto* row = findRow(activations::Activation::table(), "relu")) {
        activation = activations::ActivationChoice(*row);
    }
    if (const auto* row = findRow(initializers::Initializer::table(), "he_normal")) {
        initializer = initializers::InitializerChoice(*row);
    }
}

Index outputSize(const NetworkSpec& spec)
{
    return spec.width * spec.activation->outputsPerUnit;
}

initializers::WeightShape weightShape(const NetworkSpec& spec, Index inputSize, Index layer)
{
    if (layer == 1) {
        return {.outputs = spec.width, .inputs = inputSize, .inputParts = 1};
    }
    return {.outputs = spec.width,
            .inputs = outputSize(spec),
            .inputParts = spec.activation->outputsPerUnit};
}

} // namespace initlens::network
