#include "core/network/spec.h"

#include <fmt/format.h>

#include <array>

namespace initlens::network {

namespace {

constinit const Precision single = {
    .head = {.id = "float32",
             .label = "32-bit",
             .help = "What most training runs in: overflows at 3e38, about 7 digits."},
    .bytes = 4};

constinit const Precision twofold = {
    .head = {.id = "float64", .label = "64-bit", .help = "Double precision: about 16 digits."},
    .bytes = 8};

using Place = initializers::WeightShape::Place;

Place placeOf(const Structure& structure, Index layer)
{
    switch (structure.skip.kind) {
    case Skip::Kind::AroundActivation:
        return Place::OnlyLayer;
    case Skip::Kind::AroundTwoLayers:
        return layer == 1 ? Place::NoBlock : layer % 2 == 0 ? Place::FirstLayer : Place::LastLayer;
    case Skip::Kind::None:
        break;
    }
    return Place::NoBlock;
}

Index blockCount(const Structure& structure, Index depth)
{
    switch (structure.skip.kind) {
    case Skip::Kind::AroundActivation:
        return depth;
    case Skip::Kind::AroundTwoLayers:
        return depth / 2;
    case Skip::Kind::None:
        break;
    }
    return 0;
}

} // namespace

Table<Precision> Precision::table()
{
    static constexpr std::array rows = {&single, &twofold};
    return rows;
}

NetworkSpec::NetworkSpec()
    : architecture(*Architecture::table().front()),
      activation(*activations::Activation::table().front()),
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

Structure structureOf(const NetworkSpec& spec)
{
    return spec.architecture->structure(spec.architecture.values);
}

Index outputChannels(const NetworkSpec& spec)
{
    return spec.width * spec.activation->outputsPerUnit;
}

Index outputSize(const NetworkSpec& spec)
{
    return outputChannels(spec) * structureOf(spec).geometry.pixels();
}

Index unitCount(const NetworkSpec& spec)
{
    return spec.width * structureOf(spec).geometry.pixels();
}

initializers::WeightShape weightShape(const NetworkSpec& spec, Index inputSize, Index layer)
{
    const Structure structure = structureOf(spec);
    const Geometry& geometry = structure.geometry;
    const Index channels = layer == 1 ? inputSize / geometry.pixels() : outputChannels(spec);
    return {.outputs = spec.width,
            .inputs = channels * geometry.taps(),
            .inputParts = layer == 1 ? 1 : spec.activation->outputsPerUnit,
            .taps = geometry.taps(),
            .place = placeOf(structure, layer),
            .blocks = blockCount(structure, spec.depth)};
}

std::string inputSizeRefusal(const NetworkSpec& spec, Index inputSize)
{
    const Geometry geometry = structureOf(spec).geometry;
    if (inputSize % geometry.pixels() == 0) {
        return {};
    }
    return fmt::format("must be a multiple of the {} pixels of a {} x {} image, not {}",
                       geometry.pixels(), geometry.side, geometry.side, inputSize);
}

} // namespace initlens::network
