#include "core/base/parallel.h"
#include "core/initializers/common_params.h"
#include "core/initializers/constant_fill.h"
#include "core/initializers/pattern.h"
#include "core/initializers/rows.h"

#include <fmt/format.h>

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "k",
                                     .label = "connections",
                                     .help = "Number of incoming weights of a unit.",
                                     .initial = 15,
                                     .min = 1,
                                     .max = 32768,
                                     .integer = true},
                                    deviationParam(1)};

template <class T>
void fillSparse(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    const auto count = static_cast<Index>(request.params[0]);
    const T deviation = static_cast<T>(request.params[1]);
    fillConstant(weights, 0.0, execution);

    // Rows are drawn in tiles that write to cache lines of their own.
    constexpr Index tileRows = 64;
    constexpr Index block = random::blockSize;
    const Index stride = (tileRows * count + block - 1) / block * block;
    const Index tiles = (weights.rows() + tileRows - 1) / tileRows;
    parallelFor(static_cast<std::size_t>(tiles), execution, [&](std::size_t tile) {
        const Index index = static_cast<Index>(tile);
        const Index first = index * tileRows;
        const Index last = std::min(first + tileRows, weights.rows());
        std::vector<T> values(static_cast<std::size_t>((last - first) * count));
        random::fillNormal<T>(request.stream, index * stride, values);
        DistinctIndices pattern(request.stream, weights.cols());
        for (Index row = first; row < last && !execution.stopRequested(); ++row) {
            const T* const ofRow = values.data() + (row - first) * count;
            pattern.forEach(row, count, [&](Index i, Index column) {
                weights(row, column) = deviation * ofRow[i];
            });
        }
    });
}

std::optional<Moments> moments(const WeightShape& shape, std::span<const double> params)
{
    return Moments{0, params[0] * params[1] * params[1] / static_cast<double>(shape.inputs)};
}

WeightLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    return SparseElements{.deviation = params[1],
                          .kept = static_cast<Index>(params[0]),
                          .each = SparseElements::Each::Row};
}

std::string refusal(const WeightShape& shape, std::span<const double> params)
{
    if (params[0] <= static_cast<double>(shape.inputs)) {
        return {};
    }
    return fmt::format("k must be at most the {} inputs of a unit, not {}", shape.inputs,
                       params[0]);
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "sparse",
                .label = "sparse",
                .group = "basic",
                .formula = "k weights of each unit N(0, std^2), all others 0",
                .source = "Martens 2010, section 5",
                .help = "Every unit has exactly k incoming weights, whatever the width, so fan-in "
                        "x variance = k std^2: with the paper's 15 and 1 that is 15, deep in the "
                        "chaotic phase.",
                .params = paramSpecs};
    row.fillFloat = &fillSparse<float>;
    row.fillDouble = &fillSparse<double>;
    row.moments = &moments;
    row.law = &law;
    row.structure = sparseStructure;
    row.refusal = &refusal;
    return row;
}

} // namespace

constinit const Initializer sparseRow = makeRow();

} // namespace initlens::initializers
