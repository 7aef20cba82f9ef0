#include "core/base/parallel.h"
#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/pattern.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "sparsity",
                                     .label = "sparsity",
                                     .help = "Share of each input's outgoing weights set to zero.",
                                     .initial = 0.9,
                                     .min = 0,
                                     .max = 1},
                                    deviationParam(0.01)};

Index zerosPerColumn(Index rows, double sparsity)
{
    return static_cast<Index>(std::ceil(sparsity * static_cast<double>(rows)));
}

ElementLaw elementLaw(const WeightShape& /*shape*/, std::span<const double> params)
{
    return normalLaw(0, params[1]);
}

template <class T>
void fillTorchSparse(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    fillIndependent<&elementLaw>(weights, request, execution);

    constexpr Index tileColumns = 16;
    const Index zeros = zerosPerColumn(weights.rows(), request.params[0]);
    const Index tiles = (weights.cols() + tileColumns - 1) / tileColumns;
    parallelFor(static_cast<std::size_t>(tiles), execution, [&](std::size_t tile) {
        const Index first = static_cast<Index>(tile) * tileColumns;
        const Index last = std::min(first + tileColumns, weights.cols());
        DistinctIndices pattern(request.stream, weights.rows());
        for (Index column = first; column < last && !execution.stopRequested(); ++column) {
            pattern.forEach(column, zeros,
                            [&](Index /*i*/, Index row) { weights(row, column) = T(0); });
        }
    });
}

std::optional<Moments> moments(const WeightShape& shape, std::span<const double> params)
{
    const auto zeros = static_cast<double>(zerosPerColumn(shape.outputs, params[0]));
    const double kept = 1 - zeros / static_cast<double>(shape.outputs);
    return Moments{0, params[1] * params[1] * kept};
}

WeightLaw law(const WeightShape& shape, std::span<const double> params)
{
    return SparseElements{.deviation = params[1],
                          .kept = shape.outputs - zerosPerColumn(shape.outputs, params[0]),
                          .each = SparseElements::Each::Column};
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "torch_sparse",
                .label = "PyTorch sparse_",
                .group = "framework defaults",
                .formula = "N(0, std^2), ceil(sparsity fan_out) zeros in every column",
                .source = "PyTorch 2 torch.nn.init.sparse_; Martens 2010",
                .help = "Counts the zeros per input, not per unit as Martens did: some units get "
                        "more weights than others and, in small layers, some get none.",
                .params = paramSpecs};
    row.fillFloat = &fillTorchSparse<float>;
    row.fillDouble = &fillTorchSparse<double>;
    row.moments = &moments;
    row.law = &law;
    row.structure = sparseStructure;
    return row;
}

} // namespace

constinit const Initializer torchSparseRow = makeRow();

} // namespace initlens::initializers
