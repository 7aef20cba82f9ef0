#include "core/initializers/orthogonal_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "tolerance",
                                     .label = "tolerance",
                                     .help = "Allowed distance of a layer's variance from 1.",
                                     .initial = 0.1,
                                     .min = 1e-6,
                                     .max = 1},
                                    {.key = "iterations",
                                     .label = "iterations",
                                     .help = "Most rescalings of a layer.",
                                     .initial = 10,
                                     .min = 1,
                                     .max = 100,
                                     .integer = true}};

template <class T>
void fillStart(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    random::fillOrthogonal<T>(request.stream, 1.0, weights, execution);
}

std::optional<Moments> unknownMoments(const WeightShape& /*shape*/,
                                      std::span<const double> /*params*/)
{
    return std::nullopt;
}

BatchCalibration calibration(std::span<const double> params)
{
    return {.tolerance = params[0], .iterations = static_cast<int>(params[1])};
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "lsuv",
                .label = "LSUV",
                .group = "data-dependent",
                .formula = "W <- Q / std(W x), layer by layer",
                .source = "Mishkin and Matas 2016, algorithm 1",
                .help = "Starts orthogonal, then divides each layer's weights by the deviation of "
                        "its own outputs on the batch until their variance is 1. The result "
                        "depends on the data and the batch.",
                .params = paramSpecs};
    row.fillFloat = &fillStart<float>;
    row.fillDouble = &fillStart<double>;
    row.moments = &unknownMoments;
    row.calibration = &calibration;
    row.structure = "lsuv divides the weights of each layer by the deviation of its outputs on the "
                    "batch: they depend on the data";
    row.workingCopies = orthogonalWorkingCopies;
    return row;
}

} // namespace

constinit const Initializer lsuvRow = makeRow();

} // namespace initlens::initializers
