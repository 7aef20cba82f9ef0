#include "core/base/parallel.h"
#include "core/experiment/draw.h"
#include "core/io/npz.h"
#include "core/io/result_file.h"
#include "core/propagation/forward.h"
#include "core/propagation/pixels.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <optional>

namespace initlens::io {

namespace {

template <class T>
ConstMatrixView<T> viewOf(const Matrix<T>& matrix)
{
    return {matrix.data(), matrix.rows(), matrix.cols()};
}

Error stopped()
{
    return Error("stopped before the network was written");
}

/// W as it is multiplied by: (out, in), or (out, in, kernel rows, kernel columns) of a kernel, with
/// the zeros of taps that are not stored.
template <class T>
Status addWeights(NpzFile& file, const propagation::NetworkSource<T>& source, Index layer)
{
    const std::string name = fmt::format("W_{}", layer);
    const auto weights = source.weights(layer);
    const auto geometry = network::structureOf(source.draw().spec).geometry;
    if (geometry.pixels() == 1 && geometry.taps() == 1) {
        return file.addMatrix<T>(name, weights);
    }
    const auto shape = source.shape(layer);
    const Index kernel = geometry.kernel;
    std::vector<T> numbers(static_cast<std::size_t>(shape.outputs * shape.inputs), T(0));
    const Index stored = source.storedShape(layer).taps;
    for (Index tap = 0; tap < stored; ++tap) {
        const Index place = stored == shape.taps ? tap : propagation::centreTap(geometry);
        const Index row = place / kernel;
        const Index column = place % kernel;
        for (Index in = 0; in < shape.channels(); ++in) {
            for (Index out = 0; out < shape.outputs; ++out) {
                const Index at =
                    out + shape.outputs * (in + shape.channels() * (row + kernel * column));
                numbers[static_cast<std::size_t>(at)] = weights(out, tap * shape.channels() + in);
            }
        }
    }
    return file.addArray<T>(name, {shape.outputs, shape.channels(), kernel, kernel},
                            numbers.data());
}

template <class T>
Status addLayer(NpzFile& file, const propagation::NetworkSource<T>& source, Index layer)
{
    const auto weights = addWeights(file, source, layer);
    if (!weights) {
        return weights;
    }
    const std::string name = fmt::format("b_{}", layer);
    if (source.hasBiases()) {
        return file.addVector<T>(name, source.biases(layer));
    }
    const Matrix<T> none = Matrix<T>::Zero(source.shape(layer).outputs, 1);
    return file.addVector<T>(name, viewOf(none));
}

template <class T>
Status writeArrays(NpzFile& file, const experiment::RunSpec& spec, const Execution& execution)
{
    constexpr std::uint32_t trial = 0;
    constexpr bool keep = false;
    propagation::NetworkSource<T> source(
        {spec, experiment::effectiveInputSize(spec), static_cast<std::uint64_t>(spec.seed), trial},
        keep);
    const Matrix<T> input = experiment::drawInput<T>(spec, trial, execution);
    // Weights that depend on the data are known only after the pass that scales them.
    std::optional<propagation::ForwardPass<T>> forward;
    if (spec.initializer->calibration != nullptr) {
        constexpr bool pairs = false;
        forward.emplace(source, input, propagation::Keep::LastTwo, pairs);
    }
    for (Index first = 1; first <= spec.depth; first += source.blockLayers()) {
        const Index last = std::min<Index>(first + source.blockLayers() - 1, spec.depth);
        source.prepare(first, last, execution);
        for (Index layer = first; layer <= last && !execution.stopRequested(); ++layer) {
            if (forward) {
                forward->step(layer, execution);
            }
            if (execution.stopRequested()) {
                break;
            }
            if (auto status = addLayer(file, source, layer); !status) {
                return status;
            }
        }
        if (execution.stopRequested()) {
            return stopped();
        }
        execution.setProgress(static_cast<double>(last) / static_cast<double>(spec.depth));
    }
    if (auto status = file.addMatrix<T>("x_0", viewOf(input)); !status) {
        return status;
    }
    const Matrix<T> cotangent = experiment::drawCotangent<T>(spec, trial, execution);
    if (execution.stopRequested()) {
        return stopped();
    }
    return file.addMatrix<T>("v", viewOf(cotangent));
}

} // namespace

Status writeNetwork(const std::filesystem::path& path, const experiment::RunSpec& spec,
                    const Execution& execution, int threads)
{
    const experiment::RunSpec drawn = experiment::drawnSpec(spec);
    auto file = NpzFile::create(path);
    if (!file) {
        return file.error();
    }
    Status status = Done{};
    try {
        const Workers workers(threads);
        workers.run([&] {
            status = spec.precision->bytes == sizeof(double)
                         ? writeArrays<double>(*file, drawn, execution)
                         : writeArrays<float>(*file, drawn, execution);
        });
    } catch (const std::bad_alloc&) {
        return Error(fmt::format("cannot write '{}': there is not enough memory", path.string()));
    }
    if (!status) {
        return status;
    }
    return file->finish();
}

} // namespace initlens::io
