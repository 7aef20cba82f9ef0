#include "core/diagnostics/rows.h"

namespace initlens::diagnostics {

constinit const Diagnostic activationHistogram = {
    .head = {.id = "activation_histogram",
             .label = "Activations at a layer",
             .group = "at one layer",
             .formula = "histogram of x^l over units and samples",
             .source = "",
             .help = "The distribution of the activations at the selected layer; exact zeros "
                     "are counted apart."},
    .needs = Needs::Histogram,
    .reading = Kind::Histogram,
    .scale = Scale::Linear,
    .axis = "x",
    .measure = nullptr,
    .array = Array::Activations,
};

} // namespace initlens::diagnostics
