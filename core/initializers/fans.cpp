#include "core/initializers/fans.h"

#include <fmt/format.h>

#include <array>

namespace initlens::initializers {

namespace {

using Kind = FanLayer::Kind;

/// The weights of a layer: the two axes that are not the kernel's, in the framework's order, and
/// which of them its initializers take for the inputs.
struct Weights {
    std::string_view layer;
    Index first = 0;
    Index second = 0;
    bool inputsFirst = true;
};

struct Framework {
    std::string_view name;
    bool kernelFirst = true; ///< the axes of the kernel come before the other two
    /// Nothing where the framework has no such layer.
    std::optional<Weights> (*weights)(const FanLayer&) = nullptr;
};

Index groupsOf(const FanLayer& layer)
{
    return layer.kind == Kind::Depthwise ? layer.inChannels : layer.groups;
}

Index kernelArea(const FanLayer& layer)
{
    Index area = 1;
    if (layer.kind != Kind::Dense) {
        for (const Index size : layer.kernel) {
            area *= size;
        }
    }
    return area;
}

std::optional<Weights> torchWeights(const FanLayer& layer)
{
    const Index groups = groupsOf(layer);
    switch (layer.kind) {
    case Kind::Dense:
        return Weights{"Linear", layer.outChannels, layer.inChannels, false};
    case Kind::Transposed:
        // Laid out the other way round, while the initializers take the second axis all the same.
        return Weights{"ConvTranspose", layer.inChannels, layer.outChannels / groups, false};
    case Kind::Convolution:
    case Kind::Depthwise:
        break;
    }
    return Weights{"Conv", layer.outChannels, layer.inChannels / groups, false};
}

std::optional<Weights> kerasWeights(const FanLayer& layer)
{
    switch (layer.kind) {
    case Kind::Dense:
        return Weights{"Dense", layer.inChannels, layer.outChannels};
    case Kind::Depthwise:
        return Weights{"DepthwiseConv", layer.inChannels, layer.outChannels / layer.inChannels};
    case Kind::Transposed:
        return layer.groups > 1
                   ? std::nullopt
                   : std::optional(Weights{"ConvTranspose", layer.outChannels, layer.inChannels});
    case Kind::Convolution:
        break;
    }
    return Weights{"Conv", layer.inChannels / layer.groups, layer.outChannels};
}

std::optional<Weights> flaxWeights(const FanLayer& layer)
{
    switch (layer.kind) {
    case Kind::Dense:
        return Weights{"Dense", layer.inChannels, layer.outChannels};
    case Kind::Transposed:
        return layer.groups > 1
                   ? std::nullopt
                   : std::optional(Weights{"ConvTranspose", layer.inChannels, layer.outChannels});
    case Kind::Convolution:
    case Kind::Depthwise:
        break;
    }
    return Weights{"Conv", layer.inChannels / groupsOf(layer), layer.outChannels};
}

constexpr std::array frameworks = {Framework{"PyTorch 2", false, &torchWeights},
                                   Framework{"Keras 3, TensorFlow", true, &kerasWeights},
                                   Framework{"Flax, JAX", true, &flaxWeights}};

std::string ratioText(Index counted, Index connections)
{
    return fmt::format("{:g} times",
                       static_cast<double>(counted) / static_cast<double>(connections));
}

/// How the fans of a framework differ from the connections, in words.
std::string differenceOf(const FanLayer& layer, const Fans& counted, const Fans& connections)
{
    if (counted == connections) {
        return {};
    }
    if (layer.kind == Kind::Transposed) {
        return layer.groups == 1
                   ? "exchanges the two: its fan-in counts the outputs, its fan-out the inputs"
                   : "exchanges the two, and its fan-out counts the inputs of all groups";
    }
    if (counted.in != connections.in) {
        return fmt::format("fan-in counts every channel, {} what an output unit sees",
                           ratioText(counted.in, connections.in));
    }
    return fmt::format("fan-out counts the outputs of all groups, {} the connections",
                       ratioText(counted.out, connections.out));
}

FrameworkFans fansIn(const Framework& framework, const FanLayer& layer, const Fans& connections)
{
    FrameworkFans result;
    result.framework = framework.name;
    const auto weights = framework.weights(layer);
    if (!weights) {
        result.difference = "has no transposed convolution with groups";
        return result;
    }
    result.layer = weights->layer;
    const std::array channels = {weights->first, weights->second};
    result.shape.assign(channels.begin(), channels.end());
    if (layer.kind != Kind::Dense) {
        result.shape.insert(framework.kernelFirst ? result.shape.begin() : result.shape.end(),
                            layer.kernel.begin(), layer.kernel.end());
    }
    const Index area = kernelArea(layer);
    result.fans = Fans{.in = area * channels[weights->inputsFirst ? 0 : 1],
                       .out = area * channels[weights->inputsFirst ? 1 : 0]};
    result.difference = differenceOf(layer, *result.fans, connections);
    return result;
}

Error problemsOf(const FanLayer& layer)
{
    Error problems;
    const auto check = [&](std::string_view name, Index value, Index largest) {
        if (value < 1 || value > largest) {
            problems.add(fmt::format("{} must be from 1 to {}, not {}", name, largest, value));
        }
    };
    const bool dense = layer.kind == Kind::Dense;
    check(dense ? "the inputs" : "the input channels", layer.inChannels, largestChannelCount);
    check(dense ? "the outputs" : "the output channels", layer.outChannels, largestChannelCount);
    if (!dense) {
        if (layer.kernel.empty() || layer.kernel.size() > 3) {
            problems.add(
                fmt::format("a kernel has one, two or three sizes, not {}", layer.kernel.size()));
        }
        for (const Index size : layer.kernel) {
            check("a kernel size", size, largestKernelSize);
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    if (layer.kind == Kind::Depthwise && layer.outChannels % layer.inChannels != 0) {
        problems.add(fmt::format("a depthwise convolution of {} input channels has a multiple of "
                                 "them as outputs, not {}",
                                 layer.inChannels, layer.outChannels));
    }
    const bool grouped = layer.kind == Kind::Convolution || layer.kind == Kind::Transposed;
    if (grouped && (layer.groups < 1 || layer.inChannels % layer.groups != 0 ||
                    layer.outChannels % layer.groups != 0)) {
        problems.add(fmt::format("the groups must divide the {} input and {} output channels, "
                                 "which {} does not",
                                 layer.inChannels, layer.outChannels, layer.groups));
    }
    return problems;
}

} // namespace

Result<FanReport> fansOf(const FanLayer& layer)
{
    if (auto problems = problemsOf(layer); !problems.empty()) {
        return problems;
    }
    const Index area = kernelArea(layer);
    const Index groups = layer.kind == Kind::Dense ? 1 : groupsOf(layer);
    FanReport report;
    report.connections = {.in = area * (layer.inChannels / groups),
                          .out = area * (layer.outChannels / groups)};
    for (const Framework& framework : frameworks) {
        report.frameworks.push_back(fansIn(framework, layer, report.connections));
    }
    return report;
}

} // namespace initlens::initializers
