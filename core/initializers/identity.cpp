#include "core/initializers/common_params.h"
#include "core/initializers/identity_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1)};

template <class T>
void fill(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    fillIdentity(weights, request.params[0], 1, execution);
}

std::optional<Moments> moments(const WeightShape& shape, std::span<const double> params)
{
    return identityMoments(shape, params[0], 1);
}

WeightLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    return DiagonalMatrix{.value = params[0], .groups = 1};
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "identity",
                .label = "identity",
                .group = "isometric",
                .formula = "gain where row = column, else 0; of a kernel at the centre tap",
                .source = "Le, Jaitly and Hinton 2015, section 2; Keras 3 Identity; PyTorch 2 eye_",
                .help = "Nothing random: every layer passes the signal on unmixed. Where a layer "
                        "narrows, the last inputs are lost; where it widens, the last units are "
                        "zero.",
                .params = paramSpecs};
    row.fillFloat = &fill<float>;
    row.fillDouble = &fill<double>;
    row.law = &law;
    row.structure = alignedStructure;
    return atCentreTap<&moments>(row);
}

} // namespace

constinit const Initializer identityRow = makeRow();

} // namespace initlens::initializers
