#pragma once

#include "core/data/input.h"
#include "core/network/spec.h"
#include "core/spectrum/method.h"

#include <cstdint>

namespace initlens::experiment {

/// One experiment as a value: the network, what goes in, what is measured, and the seed.
/// Equal specs give equal results, bit by bit, on one machine.
struct RunSpec : network::NetworkSpec {
    data::InputChoice input;
    std::int64_t batch = 128; ///< samples B
    std::int64_t trials = 1;  ///< independent networks
    std::int64_t seed = 1;
    Choice<network::Precision> precision;
    Choice<spectrum::Scope> jacobian;
    std::int64_t jacobianSamples = 1; ///< at the first samples of the batch, one Jacobian each
    std::int64_t spectrumEvery = 1;   ///< singular values at layers K, 2K, ... and at the last one
    Choice<spectrum::Method> spectrum;
    std::int64_t histogramLayer = 0; ///< layer of the histograms; 0: the last

    RunSpec();
    friend bool operator==(const RunSpec&, const RunSpec&) = default;
};

inline constexpr std::int64_t largestBatch = 65'536;
inline constexpr std::int64_t largestTrials = 10'000;
/// Seeds stay exact in every JSON reader.
inline constexpr std::int64_t largestSeed = 9'007'199'254'740'991;

template <class Spec, class Visitor>
void fields(Spec& spec, Visitor&& visit)
{
    network::networkFields(spec, visit);
    visit(FieldInfo{.key = "input",
                    .label = "Input",
                    .help = "What goes into the network.",
                    .section = "Input"},
          spec.input);
    visit(FieldInfo{.key = "batch",
                    .label = "Batch",
                    .help = "Number of samples.",
                    .section = "Input",
                    .min = 1,
                    .max = static_cast<double>(largestBatch),
                    .slider = true},
          spec.batch);
    visit(FieldInfo{.key = "trials",
                    .label = "Trials",
                    .help = "Number of independent networks; curves show their mean and spread.",
                    .section = "Input",
                    .min = 1,
                    .max = static_cast<double>(largestTrials)},
          spec.trials);
    visit(FieldInfo{.key = "seed",
                    .label = "Seed",
                    .help = "The same seed gives the same network.",
                    .section = "Input",
                    .min = 0,
                    .max = static_cast<double>(largestSeed)},
          spec.seed);
    visit(FieldInfo{.key = "precision",
                    .label = "Precision",
                    .help = "Number format of the forward and backward passes.",
                    .section = "Measurement"},
          spec.precision);
    visit(FieldInfo{.key = "jacobian",
                    .label = "Jacobian",
                    .help = "Which Jacobian's singular values are measured.",
                    .section = "Measurement"},
          spec.jacobian);
    visit(FieldInfo{.key = "jacobian_samples",
                    .label = "Jacobian samples",
                    .help = "Singular values are measured at the first samples of the batch, in "
                            "every trial, and pooled.",
                    .section = "Measurement",
                    .min = 1,
                    .max = static_cast<double>(largestBatch)},
          spec.jacobianSamples);
    visit(FieldInfo{.key = "spectrum_every",
                    .label = "Spectrum every",
                    .help = "Singular values at every K-th layer and at the last one.",
                    .section = "Measurement",
                    .min = 1,
                    .max = static_cast<double>(network::largestDepth)},
          spec.spectrumEvery);
    visit(FieldInfo{.key = "spectrum",
                    .label = "Spectrum method",
                    .help = "How the singular values are computed.",
                    .section = "Measurement"},
          spec.spectrum);
    visit(FieldInfo{.key = "histogram_layer",
                    .label = "Histogram layer",
                    .help = "Layer of the histograms of h, x and W; 0 takes the last one.",
                    .section = "Measurement",
                    .min = 0,
                    .max = static_cast<double>(network::largestDepth)},
          spec.histogramLayer);
}

/// The spec as it is drawn: a valid one, with what initializers on the edge of chaos leave to
/// theory.
RunSpec drawnSpec(const RunSpec& spec);

/// Rows of x_0: input_size, or the data's own size, or as many as a layer has units.
Index effectiveInputSize(const RunSpec& spec);

/// Samples that one Jacobian spans: the batch where batch normalisation ties its samples, else one.
Index jointSamples(const RunSpec& spec);

/// Rows of the state between the factors of the Jacobian, behind layer `layer` or at the input
/// (layer 0).
Index stateSize(const RunSpec& spec, Index layer);

/// The layer whose histograms are taken: histogram_layer, or the last one.
Index effectiveHistogramLayer(const RunSpec& spec);

/// Jacobians whose singular values are measured: trials times samples, or none.
std::int64_t jacobianCount(const RunSpec& spec);

/// Whether profiles read off the singular values are estimates with errors: one Jacobian, measured
/// by a method that does not see all its values.
bool estimatesProfiles(const RunSpec& spec);

/// What keeps the initializer from drawing a layer of this shape in the network, a clause each.
Error weightProblems(const RunSpec& spec, const initializers::WeightShape& shape);

/// Everything that is wrong with the spec as a whole: numbers out of range, choices that do not go
/// together. Empty when it can run. Memory is the plan's business (plan.h).
Error validate(const RunSpec& spec);

} // namespace initlens::experiment
