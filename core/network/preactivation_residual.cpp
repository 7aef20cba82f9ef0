#include "core/network/common_params.h"
#include "core/network/rows.h"

namespace initlens::network {

namespace {

constexpr ParamSpec paramSpecs[] = {
    scaleParam("skip_scale", "skip scale", "Factor of what goes past the two layers."),
    scaleParam("branch_scale", "branch scale", "Factor of what the two layers add."),
    normalisationParam()};

Structure structure(std::span<const double> params)
{
    return {.skip = {.kind = Skip::Kind::AroundTwoLayers, .skip = params[0], .branch = params[1]},
            .normalisation = normalisationOf(params[2])};
}

} // namespace

constinit const Architecture preactivationResidualRow = {
    .head = {.id = "preactivation_residual",
             .label = "Residual, two layers",
             .formula = "h^l = skip_scale h^{l-2} + branch_scale (W^l x^{l-1} + b^l) for odd l > 1",
             .source = "He, Zhang, Ren and Sun 2016 (identity mappings), equation 1",
             .help = "Blocks of two layers behind one plain layer; the sum is taken before the "
                     "activation. Layers 2 and 3 are the first block, 4 and 5 the second.",
             .params = paramSpecs},
    .structure = &structure};

} // namespace initlens::network
