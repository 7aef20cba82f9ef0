#include "core/code/layer_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace initlens::code {

using namespace initializers;

namespace {

Index layerOf(const experiment::RunSpec& spec, const LayerRequest& request)
{
    return request.layer > 0 ? request.layer : std::min<Index>(2, spec.depth);
}

/// What is wrong with a fan of one's own; empty when nothing is.
std::string fanProblem(std::string_view name, std::optional<Index> fan, Index taps)
{
    if (!fan) {
        return {};
    }
    if (*fan < 1 || *fan > largestFan) {
        return fmt::format("the {} must be from 1 to {}, not {}", name, largestFan, *fan);
    }
    return *fan % taps == 0 ? std::string()
                            : fmt::format("the {} must be a multiple of the {} taps of the "
                                          "kernel, not {}",
                                          name, taps, *fan);
}

Error problemsOf(const experiment::RunSpec& spec, const LayerRequest& request)
{
    Error problems;
    if (request.layer < 0 || request.layer > spec.depth) {
        problems.add(fmt::format("the layer must be from 1 to the depth {}, not {}", spec.depth,
                                 request.layer));
        return problems;
    }
    const Index taps = network::structureOf(spec).geometry.taps();
    for (auto problem :
         {fanProblem("fan-in", request.fanIn, taps), fanProblem("fan-out", request.fanOut, taps)}) {
        if (!problem.empty()) {
            problems.add(std::move(problem));
        }
    }
    const int parts = layerOf(spec, request) > 1 ? spec.activation->outputsPerUnit : 1;
    if (problems.empty() && request.fanIn && *request.fanIn / taps % parts != 0) {
        problems.add(fmt::format("behind {} the inputs are two halves: an even number, not {}",
                                 spec.activation.id(), *request.fanIn / taps));
    }
    if (spec.initializer->law == nullptr) {
        problems.add(fmt::format("{} has no code: its weights depend on the data that goes through "
                                 "the network",
                                 spec.initializer.id()));
    }
    return problems;
}

WeightShape shapeOf(const experiment::RunSpec& spec, const LayerRequest& request)
{
    WeightShape shape =
        network::weightShape(spec, experiment::effectiveInputSize(spec), layerOf(spec, request));
    shape.inputs = request.fanIn.value_or(shape.fanIn());
    shape.outputs = request.fanOut.value_or(shape.fanOut()) / shape.taps;
    return shape;
}

BiasLaw biasLaw(const experiment::RunSpec& drawn, const WeightShape& shape)
{
    const auto& initializer = drawn.initializer;
    if (initializer->ownBias != nullptr) {
        if (const auto own = initializer->ownBias(shape, initializer.values)) {
            return UniformElements{-own->uniformLimit, own->uniformLimit};
        }
    }
    if (drawn.biasStd > 0) {
        return NormalElements{0, drawn.biasStd};
    }
    return EqualElements{};
}

std::string placeNote(const WeightShape& shape)
{
    using Place = WeightShape::Place;
    switch (shape.place) {
    case Place::OnlyLayer:
        return fmt::format("The layer of one of {} residual blocks.", shape.blocks);
    case Place::FirstLayer:
        return fmt::format("The first layer of one of {} residual blocks.", shape.blocks);
    case Place::LastLayer:
        return fmt::format("The last layer of one of {} residual blocks.", shape.blocks);
    case Place::NoBlock:
        break;
    }
    return {};
}

std::vector<std::string> notesOf(const experiment::RunSpec& drawn, const WeightShape& shape,
                                 const CodedLayer& layer)
{
    const auto& initializer = drawn.initializer;
    const std::string size =
        layer.convolution ? fmt::format("a {0} x {0} convolution, {1} to {2} channels",
                                        layer.kernel, layer.inputs, layer.outputs)
                          : fmt::format("a dense layer, {} to {}", layer.inputs, layer.outputs);
    std::vector<std::string> notes = {fmt::format("{} for {} (fan_in {}, fan_out {}).",
                                                  choiceText(initializer), size, shape.fanIn(),
                                                  shape.fanOut()),
                                      fmt::format("{}.", initializer->head.formula)};
    if (const auto moments = initializer->moments(shape, initializer.values)) {
        notes.back() += fmt::format(" Mean {:.6g}, standard deviation {:.6g}", moments->mean,
                                    std::sqrt(moments->variance));
        notes.back() += std::holds_alternative<TruncatedNormalElements>(layer.weights)
                            ? "; the code has that before the truncation."
                            : ".";
    }
    if (initializer->onEdgeOfChaos) {
        notes.push_back(fmt::format("For {}: sigma_w = {:.6g}, standard deviation of the biases "
                                    "{:.6g}.",
                                    choiceText(drawn.activation), initializer.values.back(),
                                    drawn.biasStd));
    }
    if (shape.inputParts == 2) {
        notes.push_back(fmt::format("The inputs are the two halves of {}, one after the other.",
                                    drawn.activation.id()));
    }
    if (auto place = placeNote(shape); !place.empty()) {
        notes.push_back(std::move(place));
    }
    return notes;
}

} // namespace

Result<std::string> layerCode(const experiment::RunSpec& spec, const LayerRequest& request)
{
    Error problems = problemsOf(spec, request);
    if (!problems.empty()) {
        return problems;
    }
    const bool own = request.fanIn.has_value() || request.fanOut.has_value();
    problems =
        own ? experiment::weightProblems(spec, shapeOf(spec, request)) : experiment::validate(spec);
    if (!problems.empty()) {
        return problems;
    }
    const experiment::RunSpec drawn = experiment::drawnSpec(spec);
    const WeightShape shape = shapeOf(drawn, request);
    const auto& initializer = drawn.initializer;
    const network::Geometry geometry = network::structureOf(drawn).geometry;

    CodedLayer layer = {.name = std::string(initializer.id()),
                        .weights = initializer->law(shape, initializer.values),
                        .biases = biasLaw(drawn, shape),
                        .inputs = shape.channels(),
                        .outputs = shape.outputs,
                        .kernel = geometry.kernel,
                        .convolution = geometry.pixels() > 1 || geometry.taps() > 1,
                        .circular = geometry.padding == network::Geometry::Padding::Circular,
                        .centreTap = initializer->centreTapOnly};
    layer.notes = notesOf(drawn, shape, layer);
    return request.framework->write(layer);
}

} // namespace initlens::code
