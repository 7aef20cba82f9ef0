#include "core/diagnostics/rows.h"

namespace initlens::diagnostics {

constinit const Diagnostic jacobianSingularValues = {
    .head = {.id = "jacobian_singular_values",
             .label = "Jacobian singular values",
             .group = "Jacobian",
             .formula = "singular values of J^l = D^l W^l ... D^1 W^1 at the first sample (or the "
                        "scope chosen)",
             .source = "Pennington, Schoenholz and Ganguli 2017",
             .help = "How much the network stretches and squeezes each direction. All of them "
                     "near one is dynamical isometry: signals and gradients keep their length "
                     "in every direction. Exact zeros come from dead gates."},
    .needs = Needs::Jacobian,
    .reading = Kind::Spectrum,
    .scale = Scale::Log10,
    .axis = "σ",
    .measure = nullptr,
};

} // namespace initlens::diagnostics
