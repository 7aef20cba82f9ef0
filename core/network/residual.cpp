#include "core/network/common_params.h"
#include "core/network/rows.h"

namespace initlens::network {

namespace {

constexpr ParamSpec paramSpecs[] = {
    scaleParam("skip_scale", "skip scale", "Factor of what goes past the layer."),
    scaleParam("branch_scale", "branch scale", "Factor of what the layer adds."),
    normalisationParam()};

Structure structure(std::span<const double> params)
{
    return {.skip = {.kind = Skip::Kind::AroundActivation, .skip = params[0], .branch = params[1]},
            .normalisation = normalisationOf(params[2])};
}

} // namespace

constinit const Architecture residualRow = {
    .head = {.id = "residual",
             .label = "Residual, one layer",
             .formula = "x^l = skip_scale x^{l-1} + branch_scale phi(W^l x^{l-1} + b^l)",
             .source = "He, Zhang, Ren and Sun 2016, equation 1; Yang and Schoenholz 2017",
             .help = "Each layer adds to what it gets. The first layer has a skip connection only "
                     "where x^0 has as many rows as x^1.",
             .params = paramSpecs},
    .structure = &structure};

} // namespace initlens::network
