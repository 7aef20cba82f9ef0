#include "core/experiment/plan.h"

#include "core/base/linear_algebra.h"
#include "core/base/memory.h"
#include "core/diagnostics/diagnostic.h"
#include "core/experiment/needs.h"
#include "core/propagation/backward.h"
#include "core/propagation/forward.h"
#include "core/spectrum/fourier_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <vector>

namespace initlens::experiment {

namespace {

/// Up to this size weights stay in the processor's caches or nearly so; beyond it, independent
/// elements are drawn again in less time than fresh memory takes.
constexpr double cheapestToKeep = 64.0 * 1024 * 1024;
/// Others are kept while they leave most of the memory to the rest.
constexpr double shareToKeep = 0.1;

double weightCount(const RunSpec& spec, Index layers)
{
    const auto size = [&](Index layer) {
        const auto shape = initializers::storedShape(
            *spec.initializer.row, network::weightShape(spec, effectiveInputSize(spec), layer));
        return static_cast<double>(shape.outputs) * (static_cast<double>(shape.inputs) + 1);
    };
    const double others = layers > 1 ? size(2) * static_cast<double>(layers - 1) : 0;
    return size(1) + others;
}

/// Where the bytes of checkpoints and of the layers of two stretches together are least: a
/// checkpoint holds half of what a layer does.
propagation::Keep checkpointsFor(const RunSpec& spec)
{
    const double best = std::sqrt(static_cast<double>(spec.depth)) / 2;
    const Index every = std::max<Index>(2, std::lround(best));
    return propagation::Keep::checkpoints(every, every);
}

template <class T>
void addPassBytes(const RunSpec& spec, Plan& plan)
{
    using propagation::BackwardPass;
    using propagation::ForwardPass;
    const double inputs = static_cast<double>(effectiveInputSize(spec));
    const double outputs = static_cast<double>(network::outputSize(spec));
    const auto batch = static_cast<double>(spec.batch);
    // The input is drawn in double precision first.
    const double drawn =
        batch * inputs * (sizeof(T) + sizeof(double)) + batch * outputs * sizeof(T);
    plan.activationBytes = ForwardPass<T>::bytes(spec, spec.batch, plan.keep) +
                           BackwardPass<T>::bytes(spec, spec.batch) + drawn;
}

bool measuresSpectrum(const RunSpec& spec)
{
    return spec.jacobian->scope != spectrum::Scope::Kind::None;
}

double measuredSpectra(const RunSpec& spec)
{
    return measuresSpectrum(spec) ? std::ceil(static_cast<double>(spec.depth) /
                                              static_cast<double>(spec.spectrumEvery))
                                  : 0;
}

/// Jacobians that are kept beside the first, each with bounds and in the pool.
double pooledCount(const RunSpec& spec)
{
    return std::max(0.0, static_cast<double>(jacobianCount(spec)) - 1);
}

/// Numbers that the readings along a path take: gradients, curves with their companions, the map
/// with its sum and copy under way.
double pathNumbers(const RunSpec& spec)
{
    constexpr double map = 4 * 256.0 * 256.0;
    const double points = static_cast<double>(spec.batch);
    const double inputs = static_cast<double>(effectiveInputSize(spec));
    return unmetNeed(spec, diagnostics::Needs::PathGradients).empty()
               ? map + (3 * inputs + 16) * points + 65 * static_cast<double>(spec.trials)
               : 0;
}

void addReadingBytes(const RunSpec& spec, Plan& plan)
{
    const auto profiles = static_cast<double>(diagnostics::Diagnostic::table().size());
    const auto depth = static_cast<double>(spec.depth);
    const double smaller = static_cast<double>(std::min(stateSize(spec, 1), stateSize(spec, 0)));
    // Each profile is kept for every trial; a reading and its copy under way hold three columns.
    plan.readingBytes =
        sizeof(double) *
        (profiles * depth * (static_cast<double>(spec.trials) + 6) + pathNumbers(spec) +
         measuredSpectra(spec) * (smaller + 8 + 4 * (smaller + 32) * pooledCount(spec)));
}

/// What drawing takes beside the weights: as many layers at a time as there are threads.
double drawingBytes(const RunSpec& spec, int threads)
{
    const auto layers = std::min<std::int64_t>(spec.depth, threads);
    return static_cast<double>(spec.initializer->workingCopies) * weightCount(spec, layers) *
           spec.precision->bytes;
}

spectrum::ProblemSize spectrumSize(const RunSpec& spec, int threads)
{
    spectrum::ProblemSize size{.scope = spec.jacobian->scope,
                               .depth = spec.depth,
                               .inputs = stateSize(spec, 0),
                               .outputs = stateSize(spec, 1),
                               .active = network::unitCount(spec) * jointSamples(spec),
                               .measured = static_cast<Index>(measuredSpectra(spec)),
                               .threads = threads};
    if (spectrum::fallsIntoWaves(spec) && spec.spectrum->usesBlocks) {
        const auto blocks = spectrum::waveBlocks(spec);
        const Index pixels = network::structureOf(spec).geometry.pixels();
        for (Index* side : {&size.inputs, &size.outputs, &size.active}) {
            *side = *side / pixels * blocks.rowsPerChannel;
        }
        size.blocks = blocks.count;
    }
    return size;
}

/// The sizes of a spec when so much of the forward pass is kept, and whether its weights are.
Plan sizesWith(const RunSpec& spec, int threads, double limit, propagation::Keep kept)
{
    Plan plan;
    plan.keep = kept;
    const double bytes = spec.precision->bytes;
    if (spec.precision->bytes == sizeof(float)) {
        addPassBytes<float>(spec, plan);
    } else {
        addPassBytes<double>(spec, plan);
    }
    if (measuresSpectrum(spec)) {
        plan.spectrumBytes = spec.spectrum->bytes(spectrumSize(spec, threads)) +
                             sizeof(double) * static_cast<double>(spec.depth) *
                                 static_cast<double>(stateSize(spec, 1)) *
                                 static_cast<double>(spec.jacobianSamples);
    }
    addReadingBytes(spec, plan);
    // The passes are over before the singular values begin.
    const double others = std::max(plan.activationBytes, plan.spectrumBytes) + plan.readingBytes +
                          drawingBytes(spec, threads);
    constexpr bool keep = false;
    const Index block = propagation::layersPerBlock(spec, effectiveInputSize(spec), keep);
    plan.limitBytes = limit;
    plan.weightBytes = bytes * weightCount(spec, spec.depth);
    plan.keepWeights =
        others + plan.weightBytes <= limit &&
        (plan.weightBytes <= cheapestToKeep ||
         (!spec.initializer->cheapToDraw && plan.weightBytes <= shareToKeep * limit) ||
         (measuresSpectrum(spec) && spec.spectrum->matrixFree));
    if (!plan.keepWeights) {
        plan.weightBytes = bytes * weightCount(spec, std::min<Index>(spec.depth, block + 1));
    }
    plan.totalBytes = others + plan.weightBytes;
    return plan;
}

Plan sizesOf(const RunSpec& spec, int threads, double limit)
{
    const Plan plan = sizesWith(spec, threads, limit, propagation::Keep::ForBackward);
    // The singular values need the slopes of all layers together.
    return plan.totalBytes <= limit || measuresSpectrum(spec)
               ? plan
               : sizesWith(spec, threads, limit, checkpointsFor(spec));
}

/// The largest value of one member, up to `most`, with which the spec fits; 0 when none does.
std::int64_t largestThatFits(RunSpec spec, std::int64_t RunSpec::*member, std::int64_t most,
                             int threads, double limit)
{
    std::int64_t fits = 0;
    std::int64_t doesNot = most + 1;
    while (doesNot - fits > 1) {
        spec.*member = fits + (doesNot - fits) / 2;
        (sizesOf(spec, threads, limit).totalBytes <= limit ? fits : doesNot) = spec.*member;
    }
    return fits;
}

Choice<spectrum::Scope> chosenScope(spectrum::Scope::Kind kind)
{
    const auto table = spectrum::Scope::table();
    return Choice<spectrum::Scope>(**std::find_if(
        table.begin(), table.end(), [&](const auto* row) { return row->scope == kind; }));
}

std::string refusal(const RunSpec& spec, const Plan& plan)
{
    std::vector<std::string> ways;
    const auto suggest = [&](std::int64_t RunSpec::*member, std::string_view name) {
        const auto value =
            largestThatFits(spec, member, spec.*member, plan.threads, plan.limitBytes);
        if (value > 0) {
            ways.push_back(fmt::format("{} up to {}", name, value));
        }
    };
    suggest(static_cast<std::int64_t RunSpec::*>(&RunSpec::depth), "depth");
    suggest(static_cast<std::int64_t RunSpec::*>(&RunSpec::width), "width");
    suggest(&RunSpec::batch, "batch");
    for (const auto* method : spectrum::Method::table()) {
        RunSpec other = spec;
        other.spectrum = Choice<spectrum::Method>(*method);
        if (method->matrixFree && measuresSpectrum(spec) &&
            sizesOf(other, plan.threads, plan.limitBytes).totalBytes <= plan.limitBytes) {
            ways.push_back(fmt::format("--spectrum {}", method->head.id));
        }
    }
    if (measuresSpectrum(spec)) {
        RunSpec other = spec;
        other.jacobian = chosenScope(spectrum::Scope::Kind::None);
        if (sizesOf(other, plan.threads, plan.limitBytes).totalBytes <= plan.limitBytes) {
            ways.push_back(fmt::format("--jacobian {}", other.jacobian.id()));
        }
    }
    return fmt::format(
        "this run needs {} of memory and {} may be used; what fits, all else equal: {}",
        bytesText(plan.totalBytes), bytesText(plan.limitBytes),
        ways.empty() ? std::string("nothing") : fmt::format("{}", fmt::join(ways, ", or ")));
}

/// Multiplications and additions a second of one thread, by a product that takes a millisecond.
template <class T>
double probeRate()
{
    constexpr Index n = 192;
    const Matrix<T> a = Matrix<T>::Constant(n, n, T(0.5));
    Matrix<T> c(n, n);
    double best = 0;
    for (int repeat = 0; repeat < 3; ++repeat) {
        const auto begin = std::chrono::steady_clock::now();
        gemm(Op::None, Op::None, n, n, n, T(1), a.data(), n, a.data(), n, T(0), c.data(), n);
        const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
        best = std::max(best, 2.0 * n * n * n / time.count());
    }
    return best;
}

void estimateTimes(const RunSpec& spec, Plan& plan)
{
    const bool single = spec.precision->bytes == sizeof(float);
    const double doubleRate = probeRate<double>() * plan.threads;
    const double rate = single ? probeRate<float>() * plan.threads : doubleRate;
    const double weights = weightCount(spec, spec.depth);
    const auto trials = static_cast<double>(spec.trials);
    const auto batch =
        static_cast<double>(spec.batch * network::structureOf(spec).geometry.pixels());
    // What was measured beside the products: slopes, statistics, small tiles.
    constexpr double overhead = 1.3;
    constexpr double drawNanoseconds = 1.5;
    const double pass = overhead * 2 * weights * batch / rate;
    plan.drawSeconds =
        trials * weights * drawNanoseconds * 1e-9 / plan.threads * (plan.keepWeights ? 1 : 2);
    plan.forwardSeconds = trials * pass;
    plan.backwardSeconds = trials * pass * (plan.keep.recomputes() ? 2.2 : 1.2);
    if (measuresSpectrum(spec)) {
        plan.spectrumSeconds = spec.spectrum->operations(spectrumSize(spec, plan.threads)) /
                               doubleRate * static_cast<double>(jacobianCount(spec));
    }
}

} // namespace

std::string bytesText(double bytes)
{
    constexpr std::array units = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    constexpr double step = 1024;
    std::size_t unit = 0;
    while (bytes >= step && unit + 1 < units.size()) {
        bytes /= step;
        ++unit;
    }
    return unit == 0 ? fmt::format("{:.0f} {}", bytes, units[unit])
                     : fmt::format("{:.1f} {}", bytes, units[unit]);
}

Result<Plan> makePlan(const RunSpec& spec, int threads, double memoryLimit)
{
    const double limit = memoryLimit > 0 ? memoryLimit : availableMemory();
    Plan plan = sizesOf(spec, threads, limit);
    plan.threads = threads;
    if (plan.totalBytes > limit) {
        return Error(refusal(spec, plan));
    }
    estimateTimes(spec, plan);
    return plan;
}

} // namespace initlens::experiment
