#include "core/experiment/needs.h"

#include <fmt/format.h>

namespace initlens::experiment {

namespace {

std::string unmetInput(const RunSpec& spec, bool met, std::string_view what)
{
    return met ? std::string{} : fmt::format("needs {}, not {}", what, spec.input.id());
}

std::string unmetModes(const RunSpec& spec)
{
    const auto geometry = network::structureOf(spec).geometry;
    if (geometry.pixels() == 1) {
        return fmt::format("needs images of more than one pixel, which {} has not",
                           spec.architecture.id());
    }
    if (geometry.padding != network::Geometry::Padding::Circular) {
        return "needs circular padding: with an edge waves are no modes";
    }
    return spec.depth < 2 ? "needs a depth of at least 2" : "";
}

} // namespace

std::string unmetNeed(const RunSpec& spec, diagnostics::Needs needs)
{
    using diagnostics::Needs;
    switch (needs) {
    case Needs::Pairs:
    case Needs::GradientPairs:
        return unmetInput(spec, spec.input->pairs, "an input of pairs");
    case Needs::PathGradients:
        return spec.input->position != nullptr && spec.batch < 2
                   ? "needs a batch of at least 2"
                   : unmetInput(spec, spec.input->position != nullptr, "an input along a path");
    case Needs::SpatialModes:
        return unmetModes(spec);
    case Needs::PairModes:
        return spec.input->pairs ? unmetModes(spec)
                                 : unmetInput(spec, /*met=*/false, "an input of pairs");
    case Needs::Jacobian:
        return spec.jacobian->scope == spectrum::Scope::Kind::None
                   ? "needs a Jacobian, not --jacobian none"
                   : "";
    case Needs::Forward:
    case Needs::Backward:
    case Needs::Histogram:
        break;
    }
    return {};
}

std::vector<double> pathPositions(const RunSpec& spec)
{
    std::vector<double> positions;
    for (Index sample = 0; sample < spec.batch; ++sample) {
        positions.push_back(spec.input->position(sample, spec.batch, spec.input.values));
    }
    return positions;
}

} // namespace initlens::experiment
