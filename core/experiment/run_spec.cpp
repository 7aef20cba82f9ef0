#include "core/experiment/run_spec.h"

#include "core/theory/edge_weights.h"

#include <fmt/format.h>

#include <cmath>
#include <type_traits>

namespace initlens::experiment {

namespace {

template <class Row>
Choice<Row> choose(std::string_view id)
{
    const Row* row = findRow(Row::table(), id);
    return Choice<Row>(row != nullptr ? *row : *Row::table().front());
}

/// Lists what is wrong with single members: numbers out of range, parameters out of range.
struct RangeCheck {
    Error& problems;

    template <class Member>
    void operator()(const FieldInfo& info, const Member& member) const
    {
        if constexpr (std::is_arithmetic_v<Member>) {
            const auto value = static_cast<double>(member);
            if (!std::isfinite(value) || value < info.min || value > info.max) {
                problems.add(fmt::format("{} must be from {} to {}, not {}", info.key, info.min,
                                         info.max, member));
            }
        } else {
            const auto& params = member.row->head.params;
            for (std::size_t i = 0; i < params.size(); ++i) {
                const double value = member.values[i];
                const double max = params[i].isOption()
                                       ? static_cast<double>(params[i].options.size() - 1)
                                       : params[i].max;
                if (!std::isfinite(value) || value < params[i].min || value > max) {
                    problems.add(fmt::format("{}: {} must be from {:g} to {:g}, not {:g}",
                                             member.id(), params[i].key, params[i].min, max,
                                             value));
                }
            }
        }
    }
};

/// The activations with two outputs per unit: "crelu".
std::string concatenatedRectifiers()
{
    std::vector<std::string_view> found;
    for (const auto* row : activations::Activation::table()) {
        if (row->outputsPerUnit == 2) {
            found.push_back(row->head.id);
        }
    }
    return fmt::format("{}", fmt::join(found, " or "));
}

/// Why the initializer cannot fill this shape; empty when it can.
std::string shapeProblem(const RunSpec& spec, const initializers::WeightShape& shape)
{
    const auto& initializer = spec.initializer;
    const std::string reason = initializer->refusal == nullptr
                                   ? std::string()
                                   : initializer->refusal(shape, initializer.values);
    return reason.empty() ? reason : fmt::format("{}: {}", initializer.id(), reason);
}

/// Initializer, activation and biases that do not go together.
void checkPairing(const RunSpec& spec, const initializers::WeightShape& shape, Error& problems)
{
    const auto& initializer = spec.initializer;
    if (initializer->needsConcatenatedRectifier && spec.activation->outputsPerUnit != 2) {
        problems.add(fmt::format("initializer {} needs the activation {}, not {}", initializer.id(),
                                 concatenatedRectifiers(), spec.activation.id()));
    }
    if (initializer->onEdgeOfChaos) {
        if (spec.biasStd > 0) {
            problems.add(fmt::format("bias_std must be 0 with {}, which sets the biases itself",
                                     initializer.id()));
        }
        if (const auto drawn = theory::withEdgeWeights(spec); !drawn) {
            problems.add(fmt::format("{}: {}", initializer.id(), drawn.error().message()));
        }
    }
    if (spec.biasStd > 0 && initializer->ownBias != nullptr &&
        initializer->ownBias(shape, initializer.values)) {
        problems.add(fmt::format("bias_std must be 0 with {}, which draws its own biases",
                                 initializer.id()));
    }
}

void checkWeights(const RunSpec& spec, Error& problems)
{
    const auto shapeOf = [&](Index layer) {
        return network::weightShape(spec, effectiveInputSize(spec), layer);
    };
    for (Index layer = 1; layer <= std::min<Index>(2, spec.depth); ++layer) {
        if (auto problem = shapeProblem(spec, shapeOf(layer)); !problem.empty()) {
            problems.add(std::move(problem));
            break;
        }
    }
    checkPairing(spec, shapeOf(1), problems);
}

} // namespace

RunSpec::RunSpec()
    : input(choose<data::Input>("gaussian")), precision(choose<network::Precision>("float32")),
      jacobian(choose<spectrum::Scope>("from_input")), spectrum(choose<spectrum::Method>("exact"))
{}

Error weightProblems(const RunSpec& spec, const initializers::WeightShape& shape)
{
    Error problems;
    if (auto problem = shapeProblem(spec, shape); !problem.empty()) {
        problems.add(std::move(problem));
    }
    checkPairing(spec, shape, problems);
    return problems;
}

RunSpec drawnSpec(const RunSpec& spec)
{
    RunSpec drawn = spec;
    if (auto network = theory::withEdgeWeights(spec)) {
        static_cast<network::NetworkSpec&>(drawn) = *std::move(network);
    }
    return drawn;
}

Index effectiveInputSize(const RunSpec& spec)
{
    if (spec.inputSize > 0) {
        return spec.inputSize;
    }
    return spec.input->fixedSize > 0 ? spec.input->fixedSize : network::unitCount(spec);
}

Index jointSamples(const RunSpec& spec)
{
    return network::structureOf(spec).normalisation == network::Normalisation::Batch ? spec.batch
                                                                                     : 1;
}

Index stateSize(const RunSpec& spec, Index layer)
{
    const bool preactivations =
        network::structureOf(spec).skip.kind == network::Skip::Kind::AroundTwoLayers;
    const Index rows = layer == 0       ? effectiveInputSize(spec)
                       : preactivations ? network::unitCount(spec)
                                        : network::outputSize(spec);
    return rows * jointSamples(spec);
}

Index effectiveHistogramLayer(const RunSpec& spec)
{
    return spec.histogramLayer > 0 ? spec.histogramLayer : spec.depth;
}

bool estimatesProfiles(const RunSpec& spec)
{
    return spec.spectrum->matrixFree && jacobianCount(spec) == 1;
}

std::int64_t jacobianCount(const RunSpec& spec)
{
    return spec.jacobian->scope == spectrum::Scope::Kind::None ? 0
                                                               : spec.trials * spec.jacobianSamples;
}

Error validate(const RunSpec& spec)
{
    Error problems;
    fields(spec, RangeCheck{problems});
    if (!problems.empty()) {
        return problems;
    }
    if (spec.histogramLayer > spec.depth) {
        problems.add(fmt::format("histogram_layer must be from 0 to the depth {}, not {}",
                                 spec.depth, spec.histogramLayer));
    }
    if (spec.jacobianSamples > spec.batch) {
        problems.add(fmt::format("jacobian_samples must be from 1 to the batch {}, not {}",
                                 spec.batch, spec.jacobianSamples));
    }
    if (spec.jacobianSamples > 1 && jointSamples(spec) > 1) {
        problems.add(fmt::format("jacobian_samples must be 1 with batch normalisation, not {}: one "
                                 "Jacobian spans the whole batch",
                                 spec.jacobianSamples));
    }
    if (spec.jacobianSamples > 1 && spec.spectrum->matrixFree) {
        problems.add(fmt::format("jacobian_samples must be 1 with the spectrum method {}, not {}: "
                                 "estimates are not pooled",
                                 spec.spectrum.id(), spec.jacobianSamples));
    }
    if (const auto reason = network::inputSizeRefusal(spec, effectiveInputSize(spec));
        !reason.empty()) {
        problems.add(fmt::format("input_size {}", reason));
        return problems;
    }
    if (spec.input->refusal != nullptr) {
        const auto reason =
            spec.input->refusal(effectiveInputSize(spec), spec.batch, spec.input.values);
        if (!reason.empty()) {
            problems.add(fmt::format("input {}: {}", spec.input.id(), reason));
        }
    }
    checkWeights(spec, problems);
    return problems;
}

} // namespace initlens::experiment
