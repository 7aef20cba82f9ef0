#include "core/network/common_params.h"
#include "core/network/rows.h"

namespace initlens::network {

namespace {

constexpr ParamSpec paramSpecs[] = {normalisationParam()};

Structure structure(std::span<const double> params)
{
    return {.normalisation = normalisationOf(params[0])};
}

} // namespace

constinit const Architecture plainRow = {
    .head = {.id = "plain",
             .label = "Plain stack",
             .formula = "h^l = W^l x^{l-1} + b^l, x^l = phi(h^l)",
             .source = "Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli 2016, equation 1",
             .help = "Fully connected layers, one after the other.",
             .params = paramSpecs},
    .structure = &structure};

} // namespace initlens::network
