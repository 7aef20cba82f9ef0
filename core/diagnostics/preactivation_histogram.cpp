#include "core/diagnostics/rows.h"

namespace initlens::diagnostics {

constinit const Diagnostic preactivationHistogram = {
    .head = {.id = "preactivation_histogram",
             .label = "Pre-activations at a layer",
             .group = "at one layer",
             .formula = "histogram of h^l over units and samples",
             .source = "",
             .help = "The distribution of the pre-activations at the selected layer."},
    .needs = Needs::Histogram,
    .reading = Kind::Histogram,
    .scale = Scale::Linear,
    .axis = "h",
    .measure = nullptr,
    .array = Array::Preactivations,
};

} // namespace initlens::diagnostics
