#include "core/initializers/common_params.h"
#include "core/initializers/constant_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1)};

template <class T>
void fillIdentity(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    fillConstant(weights, 0.0, execution);
    if (!execution.stopRequested()) {
        weights.diagonal().setConstant(static_cast<T>(request.params[0]));
    }
}

std::optional<Moments> moments(const WeightShape& shape, std::span<const double> params)
{
    const double gain = params[0];
    const double share = 1 / static_cast<double>(std::max(shape.outputs, shape.inputs));
    return Moments{gain * share, gain * gain * share * (1 - share)};
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "identity",
                .label = "identity",
                .group = "isometric",
                .formula = "gain where row = column, else 0",
                .source = "Le, Jaitly and Hinton 2015, section 2; Keras 3 Identity; PyTorch 2 eye_",
                .help = "Nothing random: every layer passes the signal on unmixed. Where a layer "
                        "narrows, the last inputs are lost; where it widens, the last units are "
                        "zero.",
                .params = paramSpecs};
    row.fillFloat = &fillIdentity<float>;
    row.fillDouble = &fillIdentity<double>;
    row.moments = &moments;
    row.structure = "nothing in the weights is random, and all layers are aligned";
    return row;
}

} // namespace

constinit const Initializer identityRow = makeRow();

} // namespace initlens::initializers
