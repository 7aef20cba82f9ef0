#include "core/diagnostics/rows.h"

namespace initlens::diagnostics {

constinit const Diagnostic weightHistogram = {
    .head = {.id = "weight_histogram",
             .label = "Weights at a layer",
             .group = "at one layer",
             .formula = "histogram of the elements of W^l",
             .source = "",
             .help = "The distribution of the weights as drawn at the selected layer."},
    .needs = Needs::Histogram,
    .reading = Kind::Histogram,
    .scale = Scale::Linear,
    .axis = "W",
    .measure = nullptr,
    .dependsOnSize = true,
    .array = Array::Weights,
};

} // namespace initlens::diagnostics
