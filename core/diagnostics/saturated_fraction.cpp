#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic saturatedFraction = {
    .head = {.id = "saturated_fraction",
             .label = "Saturated units",
             .group = "forward",
             .formula = "share of unit-sample pairs with |phi'(h)| below 5 % of the activation's "
                        "largest slope",
             .source = "Glorot and Bengio 2010, section 3",
             .help = "How much of the layer sits where the activation is flat, so that next to "
                     "no gradient passes."},
    .needs = Needs::Forward,
    .reading = Kind::Profile,
    .scale = Scale::Linear,
    .axis = "share of saturated pairs",
    .measure = [](const propagation::LayerStatistics& s) { return s.saturatedFraction; },
    .predict = [](const theory::LayerPrediction& p) { return p.saturatedFraction; },
};

} // namespace initlens::diagnostics
