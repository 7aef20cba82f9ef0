#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic deadFraction = {
    .head = {.id = "dead_fraction",
             .label = "Dead units",
             .group = "forward",
             .formula = "share of units with zero slope on every sample of the batch",
             .source = "Lu, Shin, Su and Karniadakis 2020",
             .help = "Units that no sample of the batch switches on: they pass no gradient and "
                     "cannot learn from this batch. A concatenated rectifier's unit is dead if "
                     "both its halves are."},
    .needs = Needs::Forward,
    .reading = Kind::Profile,
    .scale = Scale::Linear,
    .axis = "share of dead units",
    .measure = [](const propagation::LayerStatistics& s) { return s.deadFraction; },
    .predict = [](const theory::LayerPrediction& p) { return p.deadFraction; },
    .dependsOnSize = true,
};

} // namespace initlens::diagnostics
