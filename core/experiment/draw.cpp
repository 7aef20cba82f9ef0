#include "core/experiment/draw.h"

#include "core/base/parallel.h"
#include "core/random/stream.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace initlens::experiment {

namespace {

random::Stream streamOf(const RunSpec& spec, random::Purpose purpose, std::uint32_t trial)
{
    return {.seed = static_cast<std::uint64_t>(spec.seed),
            .purpose = purpose,
            .layer = 0,
            .trial = trial};
}

} // namespace

template <class T>
Matrix<T> drawInput(const RunSpec& spec, std::uint32_t trial, const Execution& execution)
{
    const Index size = effectiveInputSize(spec);
    Matrix<double> input(size, spec.batch);
    spec.input->fill(MatrixView<double>(input.data(), size, spec.batch),
                     {.size = size,
                      .batch = spec.batch,
                      .params = spec.input.values,
                      .stream = streamOf(spec, random::Purpose::Input, trial)},
                     execution);
    Matrix<T> narrowed(size, spec.batch);
    constexpr Index stretch = 64;
    parallelFor(static_cast<std::size_t>((spec.batch + stretch - 1) / stretch), execution,
                [&](std::size_t i) {
                    const Index first = static_cast<Index>(i) * stretch;
                    const Index columns = std::min<Index>(stretch, spec.batch - first);
                    narrowed.middleCols(first, columns) =
                        input.middleCols(first, columns).template cast<T>();
                });
    return narrowed;
}

template <class T>
Matrix<T> drawCotangent(const RunSpec& spec, std::uint32_t trial, const Execution& execution)
{
    const Index rows = network::outputSize(spec);
    Matrix<T> cotangent(rows, spec.batch);
    random::fill(streamOf(spec, random::Purpose::Cotangent, trial), random::Law::Normal,
                 std::span<T>(cotangent.data(), static_cast<std::size_t>(cotangent.size())),
                 1 / std::sqrt(static_cast<double>(rows)), 0.0, execution);
    // Gradients that are compared with each other are those of one function.
    for (Index column = 1; spec.input->position != nullptr && column < cotangent.cols(); ++column) {
        cotangent.col(column) = cotangent.col(0);
    }
    for (Index column = 0; spec.input->pairs && column + 1 < cotangent.cols(); column += 2) {
        cotangent.col(column + 1) = cotangent.col(column);
    }
    return cotangent;
}

template Matrix<float> drawInput(const RunSpec&, std::uint32_t, const Execution&);
template Matrix<double> drawInput(const RunSpec&, std::uint32_t, const Execution&);
template Matrix<float> drawCotangent(const RunSpec&, std::uint32_t, const Execution&);
template Matrix<double> drawCotangent(const RunSpec&, std::uint32_t, const Execution&);

} // namespace initlens::experiment
