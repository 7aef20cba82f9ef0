#include "core/initializers/residual_branch.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    if (endsBlock(shape)) {
        return zeroLaw();
    }
    // The deviation times blocks^(-1 / (2 m - 2)) with m = 2 layers a block.
    return heLaw(shape,
                 shape.place == Place::FirstLayer ? 1 / static_cast<double>(shape.blocks) : 1);
}

std::string refusal(const WeightShape& shape, std::span<const double> params)
{
    return shape.place == Place::OnlyLayer
               ? "blocks need two layers: its exponent 1 / (2 m - 2) does not exist for m = 1"
               : noBlocksRefusal(shape, params);
}

constexpr Initializer makeRow()
{
    Initializer row = residualBranch<&law>(
        {.id = "fixup",
         .label = "Fixup",
         .group = "residual",
         .formula = "last layer of a block 0, first layer N(0, 2 / (fan_in blocks)), other layers "
                    "N(0, 2 / fan_in)",
         .source = "Zhang, Dauphin and Ma 2019, section 3",
         .help =
             "Every block starts as its skip connection, and one step of training moves the "
             "output by as much at any depth. Its scalar multipliers start at 1 and its "
             "scalar biases at 0, so they are not seen here. The authors' code takes fan_out."});
    row.refusal = &refusal;
    return row;
}

} // namespace

constinit const Initializer fixupRow = makeRow();

} // namespace initlens::initializers
